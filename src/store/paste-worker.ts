import { readPaste } from '../clinic/read-paste'

self.addEventListener('message', ({ data }: MessageEvent<string>) => self.postMessage(readPaste(data)))
