<?php
/** WordPress asks no host of this machine, and no unusual port, unless it is told that it may. */
add_filter('http_request_host_is_external', '__return_true');
add_filter('http_allowed_safe_ports', fn(array $ports) => [...$ports, (int) getenv('CAKUPAN_PORT')]);
