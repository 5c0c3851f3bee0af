import { expect, test } from 'vitest'
import { countText } from './count-text'

test.each([0, 7, 999, 1000, 4096, 154_497, 11_164, 20_000_000, 999.5, -1234])(
  '%s stands as readers write it',
  (count) => {
    expect(countText(count)).toBe(Math.round(count).toLocaleString('en'))
  },
)
