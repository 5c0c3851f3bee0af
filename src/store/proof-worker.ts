import { brokenText, work, type ProofMessage, type ProofTask } from './proof-work'

const tell = (message: ProofMessage): void => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<ProofTask>) => {
  work(data, tell, null).catch((error: unknown) => tell({ kind: 'broken', message: brokenText(error) }))
})
