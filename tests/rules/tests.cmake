muster_tests(rules analysis check check_error derived_change dsl expr parse parse_error print
             sample_users segments smallest_change)
