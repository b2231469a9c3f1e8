package seen

// Each is a copy in which f has been applied to every text that the peer or the browser
// had a say in.
func (s *Connection) Each(f func(string) string) *Connection {
	c := *s
	c.URL, c.Protocol, c.Extensions = f(s.URL), f(s.Protocol), f(s.Extensions)
	c.Events = append([]Event(nil), s.Events...)
	for i := range c.Events {
		c.Events[i].Reason = f(c.Events[i].Reason)
	}
	c.Exceptions = append([]Exception(nil), s.Exceptions...)
	for i, e := range s.Exceptions {
		c.Exceptions[i] = Exception{f(e.Doing), f(e.Name), f(e.Message)}
	}
	d := &c.DevTools
	d.Off, d.Request, d.Response = f(d.Off), f(d.Request), f(d.Response)
	d.Errors, d.Console = each(d.Errors, f), each(d.Console, f)
	return &c
}

func each(list []string, f func(string) string) []string {
	var out []string
	for _, s := range list {
		out = append(out, f(s))
	}
	return out
}
