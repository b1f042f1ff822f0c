"""TLS in front of a plain service, as a web server does it in a hospital.

    tls_front.py CERTIFICATE_AND_KEY.pem PORT PLAIN_PORT

Debian's Orthanc 1.10.1 ends with a segmentation fault at the first HTTPS request of its own.
"""
import socket
import ssl
import sys
import threading


def forward(source, target):
    try:
        while block := source.recv(65536):
            target.sendall(block)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(connection, context, plain_port):
    try:
        secure = context.wrap_socket(connection, server_side=True)
        plain = socket.create_connection(("127.0.0.1", plain_port))
    except OSError:
        return  # a client that does not trust us goes away
    threading.Thread(target=forward, args=(secure, plain), daemon=True).start()
    forward(plain, secure)


def main(pem, port, plain_port):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", int(port))) as listener:
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, context, int(plain_port)),
                             daemon=True).start()


main(*sys.argv[1:])
