import { asOfIn, examples } from './examples.js';

const { React, ReactDOM, GraphiQL } = window;

/** Whether answers are to say how they come about. */
let isExplained = false;

/** Sends what GraphiQL asks; the past edition named in the query's first line goes beside it. */
async function fetcher({ query, variables, operationName }) {
  const asOf = asOfIn(query);
  const extensions = {
    ...(asOf && { asOf }),
    ...(isExplained && operationName !== 'IntrospectionQuery' && { explain: true }),
  };
  const body = JSON.stringify({ query, variables, operationName, extensions });
  const response = await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return withPlanInLines(await response.json());
}

/** A text of several lines is one long line in JSON: here the plan is a list of lines. */
function withPlanInLines(answer) {
  const explain = answer.extensions?.explain;
  if (!explain?.plan) return answer;
  return { ...answer, extensions: { ...answer.extensions, explain: { ...explain, plan: explain.plan.split('\n') } } };
}

const explainSwitch = React.createElement(
  'label',
  { className: 'explain', title: 'Plan, cost, cache / Rencana, biaya, tembolok: extensions.explain' },
  React.createElement('input', {
    type: 'checkbox',
    onChange: ({ target }) => {
      isExplained = target.checked;
    },
  }),
  'Explain',
  React.createElement('br'),
  React.createElement('span', { lang: 'id' }, 'Jelaskan'),
);

const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date());
const defaultTabs = examples(today).map((query) => ({ query }));

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultTabs,
    shouldPersistHeaders: false,
    isHeadersEditorEnabled: false,
    toolbar: { additionalContent: explainSwitch },
  }),
);
