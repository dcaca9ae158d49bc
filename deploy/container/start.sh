#!/bin/sh
# Starts nginx in the container: writes its configuration from the variables, and refuses those that are wrong. Every message
# names the variable, the rule, and what to do. docs/hosting.md describes the variables.
set -euf

source=/opt/rds-backup-console
target=/tmp/rds-backup-console
list=$source/nginx/rds-backup-console/endpoints.conf

refuse() {
    printf '%s\n' "$*" >&2
    exit 64
}

# What is written into nginx's configuration has only characters that mean nothing there.
is_made_of() {
    case $2 in '' | *[!$1]*) return 1 ;; esac
}

# The host of a name in the table of regions; nothing if there is none.
host_of() {
    sed -n "s/^    $1 \(rds\.[^;]*\);\$/\1/p" "$list"
}

is_host() {
    is_made_of '0-9A-Za-z.-' "$1" || return 1
    case $1 in [.-]* | *[.-] | *..* | *.-* | *-.*) return 1 ;; *.*) ;; *) return 1 ;; esac
}

is_port() {
    is_made_of '0-9' "$1" && [ "${#1}" -le 5 ] && [ "$1" -ge "$2" ] && [ "$1" -le 65535 ]
}

readable() {
    [ -r "$2" ] || refuse "$1 is \"$2\", which can't be read in the container as user $(id -u): mount the file there, readable for that user."
}

# PORT
port=${PORT:-8080}
is_port "$port" 1024 ||
    refuse "PORT is \"$port\"; it must be a number from 1024 to 65535, since only root may listen below. Leave it out for 8080."

# ENDPOINTS
endpoint() {
    name=${1%%=*}
    is_made_of '0-9A-Za-z._-' "$name" ||
        refuse "ENDPOINTS has \"$1\"; a name has letters, digits, '.', '_' and '-' only. Write NAME, or NAME=HOST for an endpoint of your own."
    case $1 in
        *=*)
            host=${1#*=}
            at=${host#*:}
            [ "$at" = "$host" ] && at=443
            if ! is_host "${host%%:*}" || ! is_port "$at" 1; then
                refuse "ENDPOINTS has \"$1\"; behind '=' stands a complete host name, with ':PORT' unless that is 443, and without https:// and path. Write it as internal=rds.example.com."
            fi
            ;;
        *)
            is_made_of '0-9a-z-' "$name" && host=$(host_of "$name") || host=
            [ -n "$host" ] ||
                refuse "ENDPOINTS has \"$1\", which is no region of the table. Use one of its names, or NAME=HOST for an endpoint of your own. The names: $(sed -n 's/^    \([0-9a-z-]*\) rds\..*/\1/p' "$list" | tr '\n' ' ')"
            ;;
    esac
    case "$names" in *" $name "*) refuse "ENDPOINTS has the name \"$name\" twice; leave one out." ;; esac
    names="$names$name "
    printf '    %s %s;\n' "$name" "$host"
}

endpoints() {
    names=' '
    echo "map \$console_name \$console_upstream {"
    echo '    default "";'
    for one in $1; do
        endpoint "$one"
    done
    echo '}'
}

# RESOLVER
resolver=${RESOLVER:-}
if [ -z "$resolver" ] && [ -r /etc/resolv.conf ]; then
    while read -r word address _; do
        [ "$word" = nameserver ] || continue
        # A zone behind '%' is nothing that nginx knows.
        case $address in *:*) address="[${address%%\%*}]" ;; esac
        resolver="$resolver $address"
    done </etc/resolv.conf
fi
# An address in [] is one of IPv6.
is_made_of '][0-9A-Fa-f.: ' "$resolver" ||
    refuse "RESOLVER is \"$resolver\"; it must be addresses of name servers, separated by spaces, such as 10.0.0.2 or [fd00::2]. Without it those of /etc/resolv.conf are used, if there are any."

# AUTHORITIES
authorities=${AUTHORITIES:-/etc/ssl/certs/ca-certificates.crt}
path='0-9A-Za-z/._-'
is_path() {
    case $1 in /*) is_made_of "$path" "$1" ;; *) return 1 ;; esac
}
for variable in AUTHORITIES CERTIFICATE CERTIFICATE_KEY USERS; do
    eval "value=\${$variable:-}"
    if [ -n "$value" ]; then
        is_path "$value" ||
            refuse "$variable is \"$value\"; it must be the complete path of a file, of letters, digits and '/._-' only, such as /etc/rds-backup-console/file."
        readable "$variable" "$value"
    fi
done

# CERTIFICATE and CERTIFICATE_KEY
listen="listen $port;"
if [ -n "${CERTIFICATE:-}${CERTIFICATE_KEY:-}" ]; then
    if [ -z "${CERTIFICATE:-}" ] || [ -z "${CERTIFICATE_KEY:-}" ]; then
        refuse "Only one of CERTIFICATE and CERTIFICATE_KEY is set; TLS needs both. Set the other too, or neither if the platform in front does TLS."
    fi
    listen="listen $port ssl http2;
ssl_certificate $CERTIFICATE;
ssl_certificate_key $CERTIFICATE_KEY;
ssl_protocols TLSv1.2 TLSv1.3;"
fi

# USERS
login=
[ -z "${USERS:-}" ] || login="auth_basic \"RDS Backup Console\";
auth_basic_user_file $USERS;"

# FOLDER
folder=
if [ -n "${FOLDER:-}" ]; then
    case $FOLDER in /*[!/]) is_made_of '0-9A-Za-z/_-' "$FOLDER" || is_wrong=yes ;; *) is_wrong=yes ;; esac
    [ -z "${is_wrong:-}" ] ||
        refuse "FOLDER is \"$FOLDER\"; it must begin with '/', not end with one, and have letters, digits and '/_-' only, such as /tools/rds. Leave it out for the root of the server."
    folder="rewrite ^$FOLDER\$ $FOLDER/ permanent;
rewrite ^$FOLDER(/.*)\$ \$1;
absolute_redirect off;"
fi

# TRUSTED_PROXIES
real=
for network in ${TRUSTED_PROXIES:-}; do
    is_made_of '0-9A-Fa-f.:/' "$network" ||
        refuse "TRUSTED_PROXIES has \"$network\"; it must be addresses or networks, separated by spaces, such as 10.0.0.0/8. Leave it out if browsers come here directly."
    real="${real}set_real_ip_from $network;
"
done
[ -z "$real" ] || real="${real}real_ip_header X-Forwarded-For;
real_ip_recursive on;"

if ! mkdir -p "$target/rds-backup-console" 2>/dev/null || ! [ -w "$target" ]; then
    refuse "/tmp can't be written to; nginx's configuration is laid out there. Mount a tmpfs on /tmp (podman and docker: --tmpfs /tmp)."
fi

all=$(sed -n 's/^    \([0-9a-z-]*\) rds\..*/\1/p' "$list")
endpoints "${ENDPOINTS:-$all}" >"$target/rds-backup-console/endpoints.conf"
cp "$source/nginx/rds-backup-console/headers.conf" "$target/rds-backup-console/headers.conf"
cat >"$target/rds-backup-console/site.conf" <<CONFIGURATION
$listen
root /srv/rds-backup-console;
proxy_ssl_trusted_certificate $authorities;
resolver $resolver valid=60s;
$login
$folder
$real
CONFIGURATION
sed 's#/var/log/nginx/rds-backup-console-error.log#stderr#; s#/var/log/nginx/rds-backup-console.log#/dev/stdout#' \
    "$source/nginx/rds-backup-console.conf" >"$target/rds-backup-console.conf"
cp "$source/nginx.conf" "$target/nginx.conf"

exec nginx -c "$target/nginx.conf" -e stderr
