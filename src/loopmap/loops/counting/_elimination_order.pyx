# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled counterpart of the beam search in elimination_order.py, for cores of up to 256 variables."""

from libc.math cimport INFINITY
from libc.stdlib cimport free, qsort, realloc
from libc.string cimport memcpy, memset

cdef extern from *:
    """
    #if defined(__GNUC__)
    #define lm_lowest(x) __builtin_ctzll(x)
    #define lm_ones(x) __builtin_popcountll(x)
    #else
    static __inline int lm_ones(unsigned long long x) {
        int found = 0;
        for (; x; x &= x - 1) found++;
        return found;
    }
    #define lm_lowest(x) lm_ones(((x) & (0 - (x))) - 1)
    #endif
    """
    int lm_lowest(unsigned long long x) nogil
    int lm_ones(unsigned long long x) nogil

ctypedef unsigned long long bits

cdef enum:
    OPEN = 48       # with more open variables the cost is taken to have no end

#: The most variables of a core whose order is searched here.
MOST_ORDERED = 256

cdef struct Set:
    bits word[4]


cdef struct Partial:
    double cost
    Set gone            # eliminated variables
    Set entered         # those that an eliminated one leads to
    Set left            # those that lead to an eliminated one
    Set fed             # those that a remaining one leads to
    Set feeding         # those that lead to a remaining one
    int before          # which of the round before it came from
    int variable


#: States to expect where so many open variables can be tails only, heads only, or both.
cdef double foretold[48 * 48 * 48]

cdef void _foretell():
    cdef int k, a, b, both
    cdef double term, value
    for a in range(OPEN):
        for b in range(OPEN - a):
            term = value = 1.0
            for k in range(min(a, b)):
                term = term * (a - k) * (b - k) / (k + 1)
                value += term
            foretold[(a * OPEN + b) * OPEN] = value
    for both in range(1, OPEN):
        for a in range(OPEN - both):
            for b in range(OPEN - both - a):
                foretold[(a * OPEN + b) * OPEN + both] = (
                    foretold[((a + 1) * OPEN + b) * OPEN + both - 1]
                    + foretold[(a * OPEN + b + 1) * OPEN + both - 1]
                )

_foretell()


cdef int _by_cost(const void* a, const void* b) noexcept nogil:
    cdef Partial* one = <Partial*> a
    cdef Partial* other = <Partial*> b
    cdef int k
    if one.cost != other.cost:
        return -1 if one.cost < other.cost else 1
    for k in range(3, -1, -1):
        if one.gone.word[k] != other.gone.word[k]:
            return -1 if one.gone.word[k] < other.gone.word[k] else 1
    return 0


cdef inline int _count(Set* row, int words) noexcept nogil:
    cdef int k, found = 0
    for k in range(words):
        found += lm_ones(row.word[k])
    return found


cdef bint _enlarged(void** row, Py_ssize_t size) noexcept nogil:
    cdef void* more = realloc(row[0], size)
    if more:
        row[0] = more
    return more != NULL


cdef class OrderSearch:
    """A beam search for an elimination order with few states; elimination_order.py has the same in Python.

    ``into`` and ``out`` are the neighbours of every variable as bit sets.
    """

    cdef int size, words
    cdef Set into[256]
    cdef Set out[256]
    cdef Partial* kept
    cdef Partial* grown
    cdef int* table
    cdef Py_ssize_t grown_room, table_size, found
    cdef int* history           # for every round: where each kept one came from, its variable
    cdef bint failed

    def __init__(self, list into, list out):
        cdef int k
        self.size = len(into)
        self.words = (self.size + 63) // 64
        if self.size > MOST_ORDERED:
            raise ValueError("too many variables")
        for k in range(self.size):
            row = into[k].to_bytes(32, "little")
            memcpy(&self.into[k], <char*> row, 32)
            row = out[k].to_bytes(32, "little")
            memcpy(&self.out[k], <char*> row, 32)

    def __dealloc__(self):
        free(self.kept)
        free(self.grown)
        free(self.table)
        free(self.history)

    def beam(self, int most):
        """The cheapest order found and its cost, with so many sets kept in every round."""
        cdef int rounds, count = 1, k, at
        self.kept = <Partial*> realloc(self.kept, most * sizeof(Partial))
        self.history = <int*> realloc(self.history, 2 * self.size * most * sizeof(int))
        self.table_size = 256
        while self.table_size < 32 * most:
            self.table_size *= 2
        self.table = <int*> realloc(self.table, self.table_size * sizeof(int))
        if not self.kept or not self.history or not self.table:
            raise MemoryError
        memset(self.kept, 0, sizeof(Partial))
        for k in range(self.size):
            if _count(&self.into[k], self.words):
                _put_in(&self.kept[0].fed, k)
            if _count(&self.out[k], self.words):
                _put_in(&self.kept[0].feeding, k)
        with nogil:
            for rounds in range(self.size):
                self._grow_all(count)
                if self.failed:
                    break
                qsort(self.grown, self.found, sizeof(Partial), _by_cost)
                count = <int> min(self.found, most)
                memcpy(self.kept, self.grown, count * sizeof(Partial))
                for k in range(count):
                    self.history[2 * (rounds * most + k)] = self.kept[k].before
                    self.history[2 * (rounds * most + k) + 1] = self.kept[k].variable
        if self.failed:
            raise MemoryError
        order = []
        at = 0
        for rounds in range(self.size - 1, -1, -1):
            order.append(self.history[2 * (rounds * most + at) + 1])
            at = self.history[2 * (rounds * most + at)]
        order.reverse()
        return self.kept[0].cost, order

    cdef void _grow_all(self, int count) noexcept nogil:
        """Every kept set with one more variable of its border, or next to its border."""
        cdef int k, w
        cdef bits here
        cdef Set among
        memset(self.table, 255, self.table_size * sizeof(int))
        self.found = 0
        for k in range(count):
            self._candidates(self.kept + k, &among)
            for w in range(self.words):
                here = among.word[w]
                while here:
                    self._grow(k, 64 * w + lm_lowest(here))
                    here &= here - 1
            if self.failed:
                return

    cdef void _candidates(self, Partial* kept, Set* among) noexcept nogil:
        cdef int w, x, i
        cdef bits here
        cdef bint any_ = False
        for w in range(self.words):
            among.word[w] = kept.entered.word[w] | kept.left.word[w]
        for w in range(self.words):
            here = (kept.entered.word[w] | kept.left.word[w]) & ~kept.gone.word[w]
            while here:
                any_ = True
                x = 64 * w + lm_lowest(here)
                here &= here - 1
                for i in range(self.words):
                    among.word[i] |= self.into[x].word[i] | self.out[x].word[i]
        if not any_:
            for x in range(self.size):
                _put_in(among, x)
        for w in range(self.words):
            among.word[w] &= ~kept.gone.word[w]

    cdef void _grow(self, int k, int y) noexcept nogil:
        cdef Partial* old = self.kept + k
        cdef Partial* new
        cdef Set rest
        cdef bits h = 0, among
        cdef Py_ssize_t place, room
        cdef int w, x, tails = 0, heads = 0, both = 0
        cdef double cost
        if self.found == self.grown_room:
            room = 2 * self.grown_room + 256
            if not _enlarged(<void**> &self.grown, room * sizeof(Partial)):
                self.failed = True
                return
            self.grown_room = room
        if 2 * self.found > self.table_size and not self._more_table():
            return
        new = self.grown + self.found
        new[0] = old[0]
        _put_in(&new.gone, y)
        place = self._place(&new.gone)
        for w in range(4):
            rest.word[w] = ~new.gone.word[w]
        for w in range(self.words):
            new.entered.word[w] |= self.out[y].word[w]
            new.left.word[w] |= self.into[y].word[w]
        for w in range(self.words):
            among = self.out[y].word[w] & new.fed.word[w] & rest.word[w]
            while among:
                x = 64 * w + lm_lowest(among)
                among &= among - 1
                if not _meet(&self.into[x], &rest, self.words):
                    new.fed.word[w] &= ~(<bits> 1 << (x & 63))
            among = self.into[y].word[w] & new.feeding.word[w] & rest.word[w]
            while among:
                x = 64 * w + lm_lowest(among)
                among &= among - 1
                if not _meet(&self.out[x], &rest, self.words):
                    new.feeding.word[w] &= ~(<bits> 1 << (x & 63))
        for w in range(self.words):
            tails += lm_ones(new.left.word[w] & new.fed.word[w] & rest.word[w])
            heads += lm_ones(new.entered.word[w] & new.feeding.word[w] & rest.word[w])
            both += lm_ones(
                new.left.word[w] & new.fed.word[w]
                & new.entered.word[w] & new.feeding.word[w] & rest.word[w]
            )
        if tails + heads - both < OPEN:
            new.cost += foretold[((tails - both) * OPEN + heads - both) * OPEN + both]
        else:
            new.cost = INFINITY
        new.before = k
        new.variable = y
        if self.table[place] < 0:
            self.table[place] = <int> self.found
            self.found += 1
        elif new.cost < self.grown[self.table[place]].cost:
            self.grown[self.table[place]] = new[0]

    cdef Py_ssize_t _place(self, Set* gone) noexcept nogil:
        cdef bits h = 0
        cdef Py_ssize_t place
        cdef int w
        for w in range(self.words):
            h = (h ^ (h >> 29) ^ gone.word[w]) * <bits> 0xBF58476D1CE4E5B9
        place = <Py_ssize_t> ((h ^ (h >> 32)) & <bits> (self.table_size - 1))
        while self.table[place] >= 0:
            for w in range(self.words):
                if self.grown[self.table[place]].gone.word[w] != gone.word[w]:
                    break
            else:
                return place
            place = (place + 1) & (self.table_size - 1)
        return place

    cdef bint _more_table(self) noexcept nogil:
        cdef Py_ssize_t k
        if not _enlarged(<void**> &self.table, 4 * self.table_size * sizeof(int)):
            self.failed = True
            return False
        self.table_size *= 4
        memset(self.table, 255, self.table_size * sizeof(int))
        for k in range(self.found):
            self.table[self._place(&self.grown[k].gone)] = <int> k
        return True


cdef inline void _put_in(Set* row, int k) noexcept nogil:
    row.word[k >> 6] |= <bits> 1 << (k & 63)


cdef inline bint _meet(Set* a, Set* b, int words) noexcept nogil:
    cdef int w
    for w in range(words):
        if a.word[w] & b.word[w]:
            return True
    return False
