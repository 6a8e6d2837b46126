"""Drives stomp.py (Debian: python3-stomp) for the table of frame cases.

Reads one JSON object a line from standard input:
  {"on": 1, "connect": {"host", "port", "caFile", "login", "passcode", "headers"}}
  {"on": 1, "send": {"command", "headers", "body"}}     body in base64
  {"on": 1, "drop": true}
Writes one JSON object a line to standard output:
  {"on": 1, "frame": {"command", "headers", "body"}}    what the library handed over
  {"on": 1, "closed": true}                             the connection has ended
  {"on": 1, "failed": "text"}                           the library refused
"""

import base64
import json
import select
import socket
import ssl
import sys
import threading
import warnings

import stomp

warnings.filterwarnings("ignore", category=DeprecationWarning)
output_lock = threading.Lock()


def tell(on, **facts):
    with output_lock:
        sys.stdout.write(json.dumps({"on": on, **facts}) + "\n")
        sys.stdout.flush()


def name_fits(certificate, host):
    """stomp.py verifies the chain; whether the certificate is for this host is left to its user."""
    names = [value for kind, value in certificate.get("subjectAltName", ()) if kind in ("DNS", "IP Address")]
    return (host in names, "certificate for %s, not for %s" % (", ".join(names), host))


def take_turns(transport):
    """stomp.py reads in one thread while another writes, and a TLS connection of Python 3.11 loses data over that."""
    turn = threading.Lock()
    send_at_once = transport.send

    def receive():
        while True:
            tls = transport.socket
            if tls.pending() == 0:
                select.select([tls], [], [])
            with turn:
                tls.settimeout(0)
                try:
                    return tls.recv(65536)
                except ssl.SSLWantReadError:
                    continue
                finally:
                    tls.settimeout(None)

    def send(frame):
        with turn:
            send_at_once(frame)

    transport.receive = receive
    transport.send = send


class Reporter(stomp.ConnectionListener):
    def __init__(self, on):
        self.on = on

    def report(self, frame):
        body = frame.body or b""
        raw = body.encode("utf-8") if isinstance(body, str) else body
        tell(self.on, frame={"command": frame.cmd, "headers": frame.headers, "body": base64.b64encode(raw).decode("ascii")})

    on_connected = on_message = on_receipt = on_error = report

    def on_receiver_loop_completed(self, _frame):
        # Not on_disconnected: that comes before the receipt of a DISCONNECT.
        tell(self.on, closed=True)


def connect(on, request):
    headers = dict(request["headers"])
    outgoing, incoming = headers.pop("heart-beat", "0,0").split(",")
    host_and_port = (request["host"], request["port"])
    connection = stomp.StompConnection12(
        [host_and_port],
        heartbeats=(int(outgoing), int(incoming)),
        auto_decode=False,
        auto_content_length=False,
        reconnect_attempts_max=1,
    )
    connection.set_ssl(for_hosts=[host_and_port], ca_certs=request["caFile"], cert_validator=name_fits)
    connection.set_listener("reporter", Reporter(on))
    take_turns(connection.transport)
    connection.connect(request["login"], request["passcode"], headers=headers, wait=False)
    return connection


def send(connection, request):
    command = request["command"]
    headers = dict(request["headers"])
    if command == "SEND":
        connection.send(headers.pop("destination"), base64.b64decode(request["body"]), headers=headers)
    elif command == "SUBSCRIBE":
        connection.subscribe(headers.pop("destination"), headers.pop("id"), headers.pop("ack", "auto"), headers=headers)
    elif command == "UNSUBSCRIBE":
        connection.unsubscribe(headers.pop("id"), headers=headers)
    elif command == "ACK":
        connection.ack(headers["id"], headers.get("transaction"), headers.get("receipt"))
    elif command == "NACK":
        connection.nack(headers["id"], headers.get("transaction"), headers.get("receipt"))
    elif command == "BEGIN":
        connection.begin(headers.pop("transaction"), headers=headers)
    elif command == "COMMIT":
        connection.commit(headers.pop("transaction"), headers=headers)
    elif command == "ABORT":
        connection.abort(headers.pop("transaction"), headers=headers)
    elif command == "DISCONNECT":
        connection.disconnect(headers.pop("receipt"), headers=headers)
    else:
        raise ValueError("stomp.py has no " + command)


def drop(connection):
    transport = connection.transport
    if transport.socket is not None:
        transport.running = False
        try:
            transport.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # It has gone by itself, which is what was asked for.


def main():
    connections = {}
    for line in sys.stdin:
        request = json.loads(line)
        on = request["on"]
        try:
            if "connect" in request:
                connections[on] = connect(on, request["connect"])
            elif "send" in request:
                send(connections[on], request["send"])
            elif on in connections:
                drop(connections.pop(on))
        except Exception as error:
            tell(on, failed="%s: %s" % (type(error).__name__, error))


main()
