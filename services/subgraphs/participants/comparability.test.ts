import { expect, test } from '@jest/globals';
import { areComparable, type Comparable, groupOf } from './comparability.js';

const of = (indicatorId: string, comparabilityGroup: string | null, category = 'ALL'): Comparable => ({
  indicatorId,
  comparabilityGroup,
  category,
});

test('figures of one group may be compared, whatever their indicators are called', () => {
  expect(areComparable([of('ucj', 'ucj'), of('ucj.v2', 'ucj')])).toBe(true);
});

test('figures of different groups may not', () => {
  expect(areComparable([of('ucj', 'ucj'), of('ucj_jakon', 'ucj_jakon'), of('ucj', 'ucj')])).toBe(false);
});

test('a figure whose definition no source gives is comparable with nothing, itself included', () => {
  expect(areComparable([of('unstated', null), of('unstated', null)])).toBe(false);
});

test('each category of workers is a group of its own', () => {
  const villages = of('category_full', 'category_full', 'APARATUR_DESA');
  const wards = of('category_full', 'category_full', 'RT_RW_LKD');
  expect([areComparable([villages, villages]), areComparable([villages, wards])]).toEqual([true, false]);
  expect([groupOf(villages), groupOf(of('ucj', 'ucj'))]).toEqual(['category_full:APARATUR_DESA', 'ucj']);
});

test('one figure alone, or none, is not refused', () => {
  expect([areComparable([]), areComparable([of('unstated', null)])]).toEqual([true, true]);
});
