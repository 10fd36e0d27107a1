import { describe, expect, test } from '@jest/globals';
import { definition, figure, placesOf, withdrawn, withheld } from '../../test/support/views.js';
import { readPlaces } from './places.js';

const bpu = definition('bpu', 'BPU');
const unstated = definition('unstated', 'definisi tak disebutkan', null);

const standings = (answer: unknown) => readPlaces(answer)?.places.map(({ standing }) => standing);
const yardstick = (answer: unknown) => readPlaces(answer)?.yardstick?.indicator.id;

describe('the definition that regions are compared by', () => {
  test('is the one that most of them share', () => {
    const answer = placesOf({ A: figure(1, { indicator: bpu }), B: figure(2), C: figure(3) });
    expect([yardstick(answer), standings(answer)]).toEqual([
      'ucj',
      ['notComparable', 'sameDefinition', 'sameDefinition'],
    ]);
  });

  test('is that of the region above where two are as common', () => {
    const answer = placesOf({ A: figure(1, { indicator: bpu }), B: figure(2) });
    expect([yardstick(answer), yardstick({ ...answer, coverage: figure(3) })]).toEqual(['bpu', 'ucj']);
  });

  test('is one of which there are numbers, if there are any', () => {
    const answer = placesOf({ A: withheld, B: withheld, C: figure(3, { indicator: bpu }) });
    expect([yardstick(answer), standings(answer)]).toEqual(['bpu', ['withheld', 'withheld', 'sameDefinition']]);
  });

  test('is none where no source states one: such figures compare with nothing, not with one another', () => {
    const answer = placesOf({ A: figure(31.5, { indicator: unstated }), B: figure(21, { indicator: unstated }) });
    expect([readPlaces(answer)?.yardstick, standings(answer)]).toEqual([null, ['unstated', 'unstated']]);
  });
});

test('a region says why it has no figure', () => {
  expect(standings(placesOf({ A: withheld, B: withdrawn, C: null, D: figure(null) }))).toEqual([
    'withheld',
    'withdrawn',
    'noFigure',
    'noFigure',
  ]);
});

describe('an answer', () => {
  const whole = placesOf({ A: figure(1) });

  test('that is half or odd is not read', () => {
    const odd = [
      undefined,
      null,
      {},
      { ...whole, children: null },
      { ...whole, name: '' },
      { ...whole, coverage: undefined },
      placesOf({ A: figure('21' as unknown as number) }),
      placesOf({ A: figure(-1) }),
      placesOf({ A: figure(1, { date: 'kemarin' }) }),
      placesOf({ A: figure(1, { indicator: null }) }),
      { ...whole, children: [{ ...whole.children[0], name: undefined }] },
    ];
    expect(odd.map(readPlaces)).toEqual(odd.map(() => null));
  });

  test('in which a withheld figure comes with a number is not read', () => {
    expect(readPlaces(placesOf({ A: figure(3, { obsStatus: 'Q' }), B: figure(4) }))).toBeNull();
  });

  test('about a region with none below is read', () => {
    expect(readPlaces(placesOf({}))).toEqual({ name: 'Provinsi Contoh', yardstick: null, places: [] });
  });
});
