// Tells a page of each change. One page listens to the server for all: browsers allow a site six connections, and a
// seventh page would hang.

export function onChange(call) {
  const others = new BroadcastChannel("broadsheet");
  others.onmessage = call;

  function listen() {
    const events = new EventSource("/-/events");
    events.onmessage = () => {
      others.postMessage("changed");
      call();
    };
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, 500);
    };
  }

  if (navigator.locks) navigator.locks.request("broadsheet", () => new Promise(listen));
  else listen(); // browsers have no locks on plain http from another machine
}
