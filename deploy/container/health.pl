# Whether nginx serves the page. Debian's smallest system has perl, and no curl.
use strict;
use warnings;
use IO::Socket::UNIX;

my $socket = IO::Socket::UNIX->new(Peer => '/tmp/rds-backup-console/health.sock')
    or die "nginx doesn't listen: $!\n";
print $socket "GET /index.html HTTP/1.0\r\n\r\n";
my $line = <$socket> // '';
$line =~ m{^HTTP/1\.1 200 } or die "The page is answered with: $line\n";
