// Package reference is a strict and complete implementation of the WebSocket
// protocol in both roles (RFC 6455, with permessage-deflate of RFC 7692).
package reference
