# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled counterpart of ``LoopGraph.looping``: which links lie on some loop.

Tarjan's strongly connected components, as in components.py, on arrays.
"""

from libc.stdlib cimport calloc, free


cdef struct Network:
    # the links out of v lead to those of ``to`` from first_out[v] to first_out[v + 1]
    int n
    int* first_out
    int* to
    # Tarjan's numbers, and the stacks of variables and of next links
    int* index
    int* low
    int* part
    int* waiting
    int* path
    int* next_out


def looping(const int[::1] source, const int[::1] target):
    """The places of the links that lie on some loop, in order, as bytes of four each."""
    cdef Py_ssize_t m = source.shape[0], i, count = 0
    cdef int n = 0
    cdef Network net
    cdef int* memory
    cdef int* found
    if not m:
        return b""
    for i in range(m):
        n = max(n, source[i] + 1, target[i] + 1)
    memory = <int*> calloc(7 * <Py_ssize_t> n + 2 + 2 * m, sizeof(int))
    if not memory:
        raise MemoryError
    found = memory
    net.n = n
    net.to = found + m
    net.first_out = net.to + m
    net.index = net.first_out + n + 2
    net.low = net.index + n
    net.part = net.low + n
    net.waiting = net.part + n
    net.path = net.waiting + n
    net.next_out = net.path + n
    with nogil:
        _by_source(&net, &source[0], &target[0], m)
        _strong_parts(&net)
        for i in range(m):
            if net.part[source[i]] == net.part[target[i]]:
                found[count] = <int> i
                count += 1
    places = (<char*> found)[: count * sizeof(int)]
    free(memory)
    return places


cdef void _by_source(Network* net, const int* source, const int* target, Py_ssize_t m) noexcept nogil:
    """Sort by counting: the places of v end up where those of v - 1 did before."""
    cdef int* place = net.first_out + 1
    cdef Py_ssize_t i
    cdef int v
    for i in range(m):
        place[source[i] + 1] += 1
    for v in range(net.n):
        place[v + 1] += place[v]
    for i in range(m):
        v = source[i]
        net.to[place[v]] = target[i]
        place[v] += 1


cdef void _strong_parts(Network* net) noexcept nogil:
    """Number the parts from 1 on."""
    cdef int root, v, w, k, depth, kept = 0, clock = 0, parts = 0
    for root in range(net.n):
        if net.index[root]:
            continue
        depth = 0
        net.path[0] = root
        net.next_out[0] = net.first_out[root]
        clock += 1
        net.index[root] = net.low[root] = clock
        net.waiting[kept] = root
        kept += 1
        while depth >= 0:
            v = net.path[depth]
            k = net.next_out[depth]
            if k < net.first_out[v + 1]:
                net.next_out[depth] = k + 1
                w = net.to[k]
                if not net.index[w]:
                    clock += 1
                    net.index[w] = net.low[w] = clock
                    net.waiting[kept] = w
                    kept += 1
                    depth += 1
                    net.path[depth] = w
                    net.next_out[depth] = net.first_out[w]
                elif not net.part[w] and net.index[w] < net.low[v]:
                    net.low[v] = net.index[w]
                continue
            depth -= 1
            if depth >= 0 and net.low[v] < net.low[net.path[depth]]:
                net.low[net.path[depth]] = net.low[v]
            if net.low[v] == net.index[v]:
                parts += 1
                while True:
                    kept -= 1
                    w = net.waiting[kept]
                    net.part[w] = parts
                    if w == v:
                        break
