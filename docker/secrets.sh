#!/bin/sh
# Makes the secrets of this installation once; afterwards it leaves them alone.
set -eu
umask 077
for name in secret_key database_password; do
    [ -s "/secrets/$name" ] || python -c 'import secrets; print(secrets.token_urlsafe(48))' > "/secrets/$name"
done
