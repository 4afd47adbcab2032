muster_tests(rules analysis check dsl expr parse parse_error print sample_users segments
             smallest_change)
