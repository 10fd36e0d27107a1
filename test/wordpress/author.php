<?php
/** Sets up a fresh WordPress and prints the numbers of two posts of an Author, whose markup is filtered: an address, and a tag. */
define('WP_INSTALLING', true);
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
[, , $address, $tag] = $argv;

wp_install('Mitra', 'admin', 'admin@mitra.example', false, '', 'admin-of-a-test');
switch_theme(array_key_first(wp_get_themes()));
$author = wp_insert_user(['user_login' => 'penulis', 'user_pass' => 'author-of-a-test', 'role' => 'author']);
wp_set_current_user($author);
kses_init();
$publish = fn(string $content) => wp_insert_post(
    wp_slash(['post_title' => 'Cakupan', 'post_content' => $content, 'post_status' => 'publish', 'post_author' => $author])
);
echo json_encode(['address' => $publish("Angkanya:\n\n$address\n\nDemikian."), 'tag' => $publish($tag)]);
