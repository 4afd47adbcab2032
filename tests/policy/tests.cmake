muster_tests(policy catalogue catalogue_docs catalogue_errors catalogue_hash channel contact_rule
             lifecycle policy read_arbitration read_channels read_contact_rules read_hours
             read_monitors read_policies read_propensities read_span read_validity script service_class tmf671
             tmf671_criteria tmf671_errors tmf671_terms tmf_time)
target_compile_definitions(policy_tests PRIVATE MUSTER_DOCS="${PROJECT_SOURCE_DIR}/docs")
