muster_tests(rules analysis check check_error dsl expr parse parse_error print sample_users
             segments smallest_change)
