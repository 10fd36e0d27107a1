import { troubleOf } from './data-trouble.js';
import { both, button, element } from './element.js';

/**
 * Asks for what an act needs, and does it: `run` gets the values of the fields by name. The dialog closes when that
 * succeeded, and says what is wrong otherwise. The focus goes back to where it came from.
 */
export function askFor({ title, intro, fields, action, run }) {
  const trouble = element('div');
  const submit = element('button', { class: 'main' }, both(action));
  const onSubmit = async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      await run(Object.fromEntries(new FormData(form)));
      dialog.close();
    } catch (error) {
      trouble.replaceChildren(troubleOf(error));
      trouble.firstChild.focus();
    } finally {
      submit.disabled = false;
    }
  };
  const form = element(
    'form',
    { submit: onSubmit, autocomplete: 'off' },
    element('h2', { id: 'dialog-title' }, both(title)),
    intro && element('p', { class: 'hint' }, both(intro)),
    fields,
    trouble,
    element(
      'p',
      { class: 'acts' },
      submit,
      button({ id: 'Kembali', en: 'Back' }, () => dialog.close()),
    ),
  );
  const dialog = element('dialog', { 'aria-labelledby': 'dialog-title', close: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
}

/** A named field with its label and, below it, what helps to fill it. */
export function field(name, label, attributes = {}, hint = null) {
  const id = `dialog-${name}`;
  const described = hint ? { 'aria-describedby': `${id}-hint` } : {};
  return element(
    'div',
    { class: 'field' },
    element('label', { for: id }, both(label)),
    element('input', { id, name, ...described, ...attributes }),
    hint && element('p', { class: 'hint', id: `${id}-hint` }, both(hint)),
  );
}
