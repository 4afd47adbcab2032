// The parts of Boost.JSON that its SAX parser needs, compiled once. Not all of src.hpp: the rest
// would bring the standard streams into the library.
#define BOOST_JSON_SOURCE
#include <boost/json/basic_parser.hpp>
//
#include <boost/json/detail/impl/default_resource.ipp>
#include <boost/json/detail/impl/except.ipp>
#include <boost/json/detail/impl/shared_resource.ipp>
#include <boost/json/detail/impl/stack.ipp>
#include <boost/json/impl/error.ipp>
