//! Mounts the console on the page.

use rds_backup_console::console::mount_on_page;

fn main() {
    mount_on_page();
}
