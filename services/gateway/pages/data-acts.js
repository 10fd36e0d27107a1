import { ask } from './data-client.js';
import { askFor, field } from './data-dialog.js';
import { both, element } from './element.js';

/** What can be done with a release, each asked for in a dialog. `done` gets the release as it is afterwards. */

const reasonField = () =>
  field(
    'reason',
    { id: 'Alasan, dibaca semua orang', en: 'Reason, read by everybody' },
    { required: true, maxlength: 1000 },
  );

/** The clock of a schedule is that of Jakarta, whatever the reader's own says. */
const timeField = (attributes = {}) =>
  field(
    'at',
    { id: 'Waktu terbit, WIB', en: 'Instant of publication, WIB' },
    { type: 'datetime-local', ...attributes },
    { id: 'Waktu Jakarta (UTC+7), bukan waktu komputer Anda.', en: 'Time of Jakarta (UTC+7), not of your computer.' },
  );

export function askApproval(release, token, done) {
  const at = timeField({ disabled: true });
  const input = at.querySelector('input');
  const choose = ({ target }) => {
    input.disabled = target.value === 'now';
    input.required = target.value === 'later';
  };
  const choice = (value, text, isChecked) =>
    element(
      'label',
      { class: 'choice' },
      element('input', { type: 'radio', name: 'when', value, checked: isChecked, change: choose }),
      element('span', {}, both(text)),
    );
  askFor({
    title: { id: `Setujui ${release.id}`, en: `Approve ${release.id}` },
    intro: {
      id: 'Setelah terbit, angkanya hanya berubah lewat koreksi atau penarikan.',
      en: 'Once published, its figures change only by a correction or a withdrawal.',
    },
    fields: [
      element(
        'fieldset',
        {},
        element('legend', {}, both({ id: 'Kapan terbit', en: 'When it appears' })),
        choice('now', { id: 'Segera, dalam beberapa detik', en: 'At once, within seconds' }, true),
        choice('later', { id: 'Pada waktu tertentu', en: 'At a certain time' }, false),
      ),
      at,
    ],
    action: { id: 'Setujui', en: 'Approve' },
    run: async (values) => {
      const body = values.when === 'later' ? { at: inJakarta(values.at) } : {};
      const { releases } = await ask(pathOf(release, 'approve'), { token, body });
      done(releases.find(({ id }) => id === release.id) ?? release);
    },
  });
}

export function askMove(release, token, done) {
  askFor({
    title: { id: `Pindahkan waktu terbit ${release.id}`, en: `Move ${release.id} to another time` },
    fields: [timeField({ required: true })],
    action: { id: 'Pindahkan', en: 'Move' },
    run: async (values) => {
      const body = { at: inJakarta(values.at) };
      done((await ask(pathOf(release, 'move'), { token, body })).release);
    },
  });
}

export function askCancel(release, token, done) {
  askFor({
    title: { id: `Batalkan ${release.id}`, en: `Cancel ${release.id}` },
    intro: {
      id: 'Rilis ini tidak akan terbit. Berkasnya dapat dikirim lagi kapan saja.',
      en: 'This release will not appear. Its file may be sent again at any time.',
    },
    fields: [],
    action: { id: 'Batalkan rilis', en: 'Cancel the release' },
    run: async () => done((await ask(pathOf(release, 'cancel'), { token, body: {} })).release),
  });
}

export function askWithdrawal(release, token, done) {
  askFor({
    title: { id: `Tarik ${release.id}`, en: `Withdraw ${release.id}` },
    intro: {
      id: 'Penarikan dibuat sebagai draf dan disetujui orang lain. Angkanya lalu kosong, dengan alasan ini di sampingnya; angka lama tidak kembali.',
      en: 'A withdrawal is made as a draft and approved by another person. Its figures are then empty, with this reason beside them; older figures do not come back.',
    },
    fields: [reasonField()],
    action: { id: 'Buat draf penarikan', en: 'Draft the withdrawal' },
    run: async ({ reason }) => done((await ask(pathOf(release, 'withdraw'), { token, body: { reason } })).release),
  });
}

function pathOf({ dataset, number }, verb) {
  return `/data/${dataset}/releases/${number}/${verb}`;
}

function inJakarta(local) {
  return `${local}+07:00`;
}
