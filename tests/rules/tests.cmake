muster_tests(rules analysis check dsl expr normal_form parse parse_error print segments smallest_change)
