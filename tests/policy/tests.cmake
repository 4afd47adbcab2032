muster_tests(policy catalogue catalogue_errors channel contact_rule lifecycle read_arbitration
             read_channels read_contact_rules read_hours read_policies read_propensities read_span
             read_validity script service_class)
