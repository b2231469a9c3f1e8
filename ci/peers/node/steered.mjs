// An echo client that is told by lines of JSON on its input which URLs to open:
// {"n":1,"url":"ws://...","protocols":["chat"]}, and {"n":1,"leave":true} to end one.
// When a connection has ended it prints {"n":1,"failed":false,"said":"1000"}, with
// "died":true where the process would have.
//
//     node steered.mjs ws|builtin

import { createInterface } from 'node:readline'

const { default: WebSocket } = process.argv[2] === 'ws' ? await import('ws') : { default: globalThis.WebSocket }
const open = new Map() // by number: what ends the wait for it

// An exception that no caller can catch would end the process, and with it whatever
// else it does. Which connection it is about shows when nothing more is heard of it.
let uncaught = null
process.on('uncaughtException', (e) => { uncaught = String(e) })

for await (const line of createInterface({ input: process.stdin })) {
  const { n, url, protocols, leave } = JSON.parse(line)
  if (leave) {
    open.get(n)?.()
  } else {
    connect(n, url, protocols)
  }
}
process.exit()

function connect (n, url, protocols) {
  let failed = false
  const end = (said, died) => {
    if (open.delete(n)) {
      console.log(JSON.stringify({ n, failed, said, died }))
    }
  }
  const socket = protocols ? new WebSocket(url, protocols) : new WebSocket(url)
  open.set(n, () => {
    const died = uncaught !== null && socket.readyState === 0
    end(died ? uncaught : 'left', died)
    socket.terminate?.() ?? socket.close()
  })
  socket.binaryType = 'arraybuffer'
  socket.onmessage = (event) => socket.send(event.data)
  socket.onerror = (event) => { failed = true; setTimeout(() => end(String(event.message ?? event.error?.message)), 100) }
  socket.onclose = (event) => { failed ||= !event.wasClean; end(String(event.code)) }
}
