// Imported first by `npm start` and `npm test`: stops with a plain sentence when Node is too old for the rest.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`This needs Node 20.19 or newer, and this is Node ${process.versions.node}. See https://nodejs.org`)
  process.exit(1)
}
