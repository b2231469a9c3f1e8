// An echo client that Autobahn's control URLs drive: it asks for the number of
// cases, opens each of them and echoes until the connection ends, and then asks for
// the reports. Several cases run side by side when it is told so.
//
//     node client.mjs ws://HOST:PORT/ AGENT ws|builtin [PARALLEL]

const libraries = { ws: onWs, builtin: onBuiltin }

const [base, agent, library, parallel = '1'] = process.argv.slice(2)
const connect = await libraries[library]()

const count = Number(await ask('getCaseCount'))
let next = 1
await Promise.all(Array.from({ length: Number(parallel) }, work))
await connect(control('updateReports', { agent }))

async function work () {
  while (next <= count) {
    const number = next++
    const { id } = JSON.parse(await ask('getCaseInfo', { case: number }))
    await connect(control('runCase', { case: number, agent }), subprotocols(id), (reply, data) => reply(data))
  }
}

// ask gives the one message that comes from a control URL.
async function ask (name, parameters) {
  let answer
  await connect(control(name, parameters), [], (_, text) => { answer = text })
  return String(answer)
}

function control (name, parameters) {
  const url = new URL(name, base)
  url.search = new URLSearchParams(parameters)
  return url.href
}

// subprotocols are to be offered for cases about them only: a client that offers
// some may refuse an answer without any.
function subprotocols (id) {
  return id.startsWith('client/subprotocol/') ? ['chat', 'superchat'] : []
}

// Both give a function that opens a URL, calls back for each message with what sends
// an answer of the same type, and waits for the end of the connection.

// onWs is on the package ws, which tests itself with Autobahn in this way.
async function onWs () {
  const { default: WebSocket } = await import('ws')
  return (url, protocols, onMessage) => new Promise((resolve) => {
    const socket = new WebSocket(url, protocols, { maxPayload: 64 << 20 })
    socket.on('message', (data, binary) => onMessage((data) => socket.send(data, { binary }), data))
    socket.on('error', () => {}) // close follows
    socket.on('close', resolve)
  })
}

// onBuiltin is on the WebSocket that a browser has too. Some versions of Node fire no
// close event when the opening handshake fails, and neither event for some
// connections: what still waits when nothing else is left to do has ended.
async function onBuiltin () {
  const waiting = new Set()
  process.on('beforeExit', () => waiting.forEach((end) => end()))
  return async (url, protocols, onMessage) => {
    const { promise, resolve } = withResolvers()
    waiting.add(resolve)
    const socket = new WebSocket(url, protocols)
    socket.binaryType = 'arraybuffer'
    socket.onmessage = (event) => onMessage((data) => socket.send(data), event.data)
    socket.onerror = resolve
    socket.onclose = resolve
    await promise
    waiting.delete(resolve)
  }
}

function withResolvers () {
  let resolve
  const promise = new Promise((done) => { resolve = done })
  return { promise, resolve }
}
