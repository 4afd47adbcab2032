muster_tests(plan catalogue_diff funnel)
