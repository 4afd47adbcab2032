muster_tests(rules analysis check dsl expr parse parse_error print segments smallest_change)
