muster_tests(tags arithmetic arrow_convert arrow_corrupt arrow_encode arrow_users csv csv_records csv_scanner encoded_users encoder forged_table fresh_blocks narrow number number_line
             number_order predicate predicate_text schema struct_schema table_file user user_table
             user_table_columns)

# refused(case message): a wrong use of schema<> stops the compiler with that message.
function(refused case message)
  add_test(NAME StructSchemaRefused.${case}
    COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only -DCASE=${case}
            -I${PROJECT_SOURCE_DIR}/include
            ${CMAKE_CURRENT_SOURCE_DIR}/tags/refused/struct_schema.cpp)
  if(message)
    set_tests_properties(StructSchemaRefused.${case} PROPERTIES
      PASS_REGULAR_EXPRESSION "muster: ${message}")
  endif()
endfunction()

refused(0 "")  # the control: the same file compiles where nothing is wrong
refused(1 "a tag can not be of this field's type; it takes bool, integers")
refused(2 "this field is a category or a set of them and needs its values")
refused(3 "only texts, enums and containers of them have values")
refused(4 "this field can not be read from the struct that schema<> names")
refused(5 "a key is a text or an integer")
