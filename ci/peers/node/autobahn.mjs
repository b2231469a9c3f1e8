// A client for Autobahn's fuzzing server on the package ws, with the calls that its
// author makes in his own: one case after the other, and the reports at last.
//
//     node autobahn.mjs ws://HOST:PORT
import WebSocket from 'ws'

const server = process.argv[2]
let count = 0

const ask = new WebSocket(`${server}/getCaseCount`)
ask.on('message', (data) => { count = parseInt(data) })
ask.on('close', () => { if (count > 0) play(1) })

function play (number) {
  if (number > count) {
    new WebSocket(`${server}/updateReports?agent=ws`)
    return
  }
  const socket = new WebSocket(`${server}/runCase?case=${number}&agent=ws`)
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  socket.on('close', () => process.nextTick(play, number + 1))
  socket.on('error', (error) => console.error(error))
}
