//! Mounts the console on the page.

use rds_backup_console::mount::mount_on_page;

fn main() {
    mount_on_page();
}
