/// @file
/// How a value of some type is read, as data: one reader serves all types.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "fields.hpp"
#include "scalar.hpp"

namespace fathom::detail::json {

struct Shape;

/// A member of an object.
struct Member {
    std::string_view name;
    Presence presence;
    void* (*slot)(void* object); ///< Where the member is stored.
    const Shape* shape;
};

/// What JSON a value may be read from; null members say what it may not.
struct Shape {
    bool (*read_scalar)(const Scalar& scalar, void* slot) = nullptr;
    std::span<const Member> members{};     ///< For an object.
    void* (*append)(void* slot) = nullptr; ///< For an array: makes the next element.
    void (*drop)(void* slot) = nullptr;    ///< For an array: removes the last element, which could not be read.
    const Shape* element = nullptr;        ///< For an array.
    bool is_object = false;
};

template <class T>
struct ShapeOf;

template <class T>
inline constexpr Shape shape_of = ShapeOf<T>::make();

template <auto Member>
struct SlotOf;
template <class Object, class Value, Value Object::* Pointer>
struct SlotOf<Pointer> {
    using type = Value;
    static void* get(void* object) { return &(static_cast<Object*>(object)->*Pointer); }
};

template <class T>
inline constexpr auto members_of = std::apply(
    [](const auto&... field) {
        return std::array<Member, sizeof...(field)>{
            Member{field.name, field.presence, &SlotOf<std::remove_cvref_t<decltype(field)>::member>::get,
                   &shape_of<typename SlotOf<std::remove_cvref_t<decltype(field)>::member>::type>}...};
    },
    fields<T>);

template <class T>
concept HasFields = std::tuple_size_v<std::remove_cvref_t<decltype(fields<T>)>> > 0;

template <class T>
struct ShapeOf {
    static constexpr Shape make() {
        return {.read_scalar = [](const Scalar& scalar, void* slot) { return read(scalar, *static_cast<T*>(slot)); }};
    }
};

template <HasFields T>
struct ShapeOf<T> {
    static constexpr Shape make() { return {.members = members_of<T>, .is_object = true}; }
};

/// Makes an element at the end. There is room for several from the start: to grow from one to sixteen moves most of them
/// four times.
template <class T>
void* append_to(std::vector<T>& elements) {
    constexpr std::size_t first_room = 16;
    if (elements.empty()) elements.reserve(first_room);
    return &elements.emplace_back();
}

template <class T>
struct ShapeOf<std::vector<T>> {
    static constexpr Shape make() {
        return {.append = [](void* slot) { return append_to(*static_cast<std::vector<T>*>(slot)); },
                .drop = [](void* slot) { static_cast<std::vector<T>*>(slot)->pop_back(); },
                .element = &shape_of<T>};
    }
};

/// A list comes as an object, or as a bare array of its items.
template <class T>
struct ShapeOf<Page<T>> {
    static constexpr Shape make() {
        return {.members = members_of<Page<T>>,
                .append = [](void* slot) { return append_to(static_cast<Page<T>*>(slot)->data); },
                .drop = [](void* slot) { static_cast<Page<T>*>(slot)->data.pop_back(); },
                .element = &shape_of<T>,
                .is_object = true};
    }
};

} // namespace fathom::detail::json
