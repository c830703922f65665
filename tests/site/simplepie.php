<?php
// Reads feeds as SimplePie does (FreshRSS, WordPress): names of files on standard input, one a line; what it shows of each
// entry as JSON on standard output, in the same order.

require '/usr/share/php/simplepie/autoloader.php';

$read = [];
foreach (array_filter(explode("\n", stream_get_contents(STDIN))) as $name) {
    $feed = new SimplePie();
    $feed->enable_cache(false);
    $feed->enable_order_by_date(false); // in Debian it reads no date since PHP 8
    $feed->set_raw_data(file_get_contents($name));
    $feed->init();
    $items = [];
    foreach ($feed->get_items() as $item) {
        $authors = array_map(fn($author) => $author->get_name(), $item->get_authors() ?? []);
        $categories = array_map(fn($category) => $category->get_label(), $item->get_categories() ?? []);
        $items[] = [
            'id' => $item->get_id(),
            'title' => html_entity_decode($item->get_title(), ENT_QUOTES | ENT_HTML5),
            'authors' => $authors,
            'categories' => array_map(fn($label) => html_entity_decode($label, ENT_QUOTES | ENT_HTML5), $categories),
            'body' => $item->get_content(),
        ];
    }
    $read[] = ['error' => $feed->error(), 'items' => $items];
}
echo json_encode($read, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE);
