import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { After, InPieces, useFrames, useOneByOne } from './in-pieces'

const Counted = () => <i>{useFrames(4)}</i>

const page = (
  <>
    <After frames={0}>first</After>
    <After frames={2}>
      second, <Counted />
    </After>
  </>
)

test('where nothing is drawn in pieces all of it is there at once', () => {
  expect(renderToStaticMarkup(page)).toBe('firstsecond, <i>4</i>')
})

test('before the first frame only that is there which waits for none', () => {
  expect(renderToStaticMarkup(<InPieces frames={2}>{page}</InPieces>)).toBe('first')
})

test('where no frames are counted nothing waits', () => {
  expect(renderToStaticMarkup(<InPieces frames={0}>{page}</InPieces>)).toBe('firstsecond, <i>4</i>')
})

test('what is in a list when it is first drawn is drawn at once', () => {
  const Listed = () => useOneByOne(['one', 'two']).join(' ')
  expect(renderToStaticMarkup(<Listed />)).toBe('one two')
})
