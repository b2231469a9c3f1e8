// An echo client that is told by lines of JSON on its input which URLs to open:
// {"n":1,"url":"ws://...","protocols":["chat"]}, and {"n":1,"leave":true} to end one.
// With "lead":true it does not echo, but says what package notice has a Talk say.
// When a connection has ended it prints {"n":1,"failed":false,"said":"1000"}, with
// "died":true where the process would have.
//
//     node steered.mjs ws|builtin

import { createInterface } from 'node:readline'

const onWs = process.argv[2] === 'ws'
const { default: WebSocket } = onWs ? await import('ws') : { default: globalThis.WebSocket }
const open = new Map() // by number: what ends the wait for it

// An exception that no caller can catch would end the process, and with it whatever
// else it does. Which connection it is about shows when nothing more is heard of it.
let uncaught = null
process.on('uncaughtException', (e) => { uncaught = String(e) })

for await (const line of createInterface({ input: process.stdin })) {
  const { n, url, protocols, lead, leave } = JSON.parse(line)
  if (leave) {
    open.get(n)?.()
  } else {
    connect(n, url, protocols, lead)
  }
}
process.exit()

function connect (n, url, protocols, lead) {
  let failed = false
  const end = (said, died) => {
    if (open.delete(n)) {
      console.log(JSON.stringify({ n, failed, said, died }))
    }
  }
  const more = onWs ? [{ perMessageDeflate: !lead }] : []
  const socket = protocols || onWs ? new WebSocket(url, protocols ?? [], ...more) : new WebSocket(url)
  open.set(n, () => {
    const died = uncaught !== null && socket.readyState === 0
    end(died ? uncaught : 'left', died)
    socket.terminate?.() ?? socket.close()
  })
  socket.binaryType = 'arraybuffer'
  if (lead) {
    socket.onopen = () => speak(socket)
  } else {
    socket.onmessage = (event) => socket.send(event.data)
  }
  socket.onerror = (event) => { failed = true; setTimeout(() => end(String(event.message ?? event.error?.message)), 100) }
  socket.onclose = (event) => { failed ||= !event.wasClean; end(String(event.code)) }
}

// speak says what an application says first, each message when the one before has come
// back, and closes. The class of browsers has neither Pings nor fragments.
async function speak (socket) {
  let late = 0
  const send = (data) => {
    const back = echo()
    socket.send(data)
    return back
  }
  const echo = () => new Promise((resolve) => {
    if (late >= 2) {
      return resolve()
    }
    const timer = setTimeout(() => { late++; resolve() }, 400)
    socket.onmessage = () => { clearTimeout(timer); resolve() }
  })
  const ping = (payload) => { onWs && socket.readyState === 1 && socket.ping(payload) }
  const fragments = async (between, ...parts) => {
    if (!onWs) {
      return
    }
    const back = echo()
    parts.forEach((p, i) => {
      socket.send(Buffer.from(p), { binary: false, fin: i === parts.length - 1 })
      i === 0 && between()
    })
    await back
  }
  const nothing = () => {}
  await send('Hello')
  await send(new Uint8Array([0, 255]))
  await send('')
  for (const payload of ['', 'p', Buffer.from([255, 254]), 'p'.repeat(125)]) {
    ping(payload)
    await send('behind a ping')
  }
  await fragments(nothing, 'in ', 'three ', 'fragments')
  await fragments(nothing, [0x67, 0x72, 0xc3], [0xb6, 0xc3, 0x9f], [], 'e')
  await fragments(() => ping('between'), 'be', 'hind')
  for (let i = 0; i < 10; i++) {
    ping('again')
    await send('behind a ping')
  }
  socket.close(1000, 'bye')
}
