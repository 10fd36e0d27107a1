import { describe, expect, test } from '@jest/globals';
import { figuresAreFree } from './confidential.js';

const { check } = figuresAreFree(['cases', 'payments']);

describe('a figure beside a status of confidentiality', () => {
  test('may be told where the status is F, or not stated', () => {
    expect([check({ cases: 12, conf_status: 'F' }), check({ cases: 12 })]).toEqual([null, null]);
  });

  test('may not be told where the status is any other', () => {
    expect(check({ cases: null, payments: 12, conf_status: 'N' })).toEqual({
      id: 'conf_status N berarti tidak untuk diterbitkan, tetapi payments terisi',
      en: 'conf_status N means not to be published, yet payments is told',
      suggestion: { id: 'kosongkan dengan obs_status Q', en: 'leave it blank with obs_status Q' },
    });
  });

  test('is not looked at where there is no figure', () => {
    expect(check({ cases: null, payments: null, conf_status: 'A' })).toBeNull();
  });
});
