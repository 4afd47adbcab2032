muster_tests(core atomic_file bits date error json_builder json_document json_values mapped_file moment parallel
             suggest time_zone token version word_list)
