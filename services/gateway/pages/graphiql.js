import { asOfIn, examples } from './examples.js';

const { React, ReactDOM, GraphiQL } = window;

/** Sends what GraphiQL asks; the past edition named in the query's first line goes beside it. */
async function fetcher({ query, variables, operationName }) {
  const asOf = asOfIn(query);
  const body = JSON.stringify({ query, variables, operationName, ...(asOf && { extensions: { asOf } }) });
  const response = await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return response.json();
}

const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date());
const defaultTabs = examples(today).map((query) => ({ query }));

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, { fetcher, defaultTabs, shouldPersistHeaders: false, isHeadersEditorEnabled: false }),
);
