# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled counterpart of bounded.py: loops up to a length, added up and not listed."""

from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcpy, memset


cdef class BoundedCounts:
    """Sums over all loops of at most so many links, by length; bounded.py has it in Python.

    ``pairs`` are (from, to, three worths); ``roots`` variables of which every loop that is meant
    has one. ``check`` is called now and then and may raise.
    """

    cdef int size, longest
    cdef int* first             # of every variable: where its ways begin
    cdef int* to
    cdef long long* worth       # three of each way
    cdef int* back_first
    cdef int* back
    cdef int* distance          # links home to the root, or more than the longest
    cdef int* queue
    cdef long long* home        # three worths of the way from each variable to the root
    cdef unsigned char* gone    # roots that are done, and the variables of the path
    cdef int* path
    cdef int* place             # the next way of each variable on the path
    cdef long long* so_far      # three worths of the path up to each of its variables
    cdef long long* sums
    cdef object check

    def __cinit__(self, int size, list pairs, int longest, check):
        cdef int k, u, v
        cdef Py_ssize_t count = len(pairs)
        self.size, self.longest, self.check = size, longest, check
        self.first = <int*> calloc(size + 2, sizeof(int))
        self.back_first = <int*> calloc(size + 2, sizeof(int))
        self.to = <int*> malloc((count + 1) * sizeof(int))
        self.back = <int*> malloc((count + 1) * sizeof(int))
        self.worth = <long long*> malloc((3 * count + 3) * sizeof(long long))
        self.distance = <int*> malloc((size + 1) * sizeof(int))
        self.queue = <int*> malloc((size + 1) * sizeof(int))
        self.home = <long long*> calloc(3 * size + 3, sizeof(long long))
        self.gone = <unsigned char*> calloc(size + 1, 1)
        self.path = <int*> malloc((longest + 2) * sizeof(int))
        self.place = <int*> malloc((longest + 2) * sizeof(int))
        self.so_far = <long long*> malloc((3 * longest + 6) * sizeof(long long))
        self.sums = <long long*> calloc(3 * longest + 6, sizeof(long long))
        if not (
            self.first and self.back_first and self.to and self.back and self.worth
            and self.distance and self.queue and self.home and self.gone and self.path
            and self.place and self.so_far and self.sums
        ):
            raise MemoryError
        for source, target, _, _, _ in pairs:
            u, v = source, target
            self.first[u + 2] += 1
            self.back_first[v + 2] += 1
        for k in range(size):
            self.first[k + 2] += self.first[k + 1]
            self.back_first[k + 2] += self.back_first[k + 1]
        for source, target, t, s, known in pairs:
            u, v = source, target
            k = self.first[u + 1]
            self.first[u + 1] += 1
            self.to[k] = v
            self.worth[3 * k], self.worth[3 * k + 1], self.worth[3 * k + 2] = t, s, known
            self.back[self.back_first[v + 1]] = u
            self.back_first[v + 1] += 1

    def __dealloc__(self):
        free(self.first)
        free(self.back_first)
        free(self.to)
        free(self.back)
        free(self.worth)
        free(self.distance)
        free(self.queue)
        free(self.home)
        free(self.gone)
        free(self.path)
        free(self.place)
        free(self.so_far)
        free(self.sums)

    def run(self, list roots):
        """The three sums of every length from 0 up."""
        cdef int root, k
        for variable in roots:
            root = variable
            with nogil:
                self._distances(root)
                self._walk(root)
                self.gone[root] = 1
        return [
            (self.sums[3 * k], self.sums[3 * k + 1], self.sums[3 * k + 2])
            for k in range(self.longest + 1)
        ]

    cdef void _distances(self, int root) noexcept nogil:
        cdef int k, u, v, at = 0, end = 1
        for v in range(self.size):
            self.distance[v] = self.longest + 1
        memset(self.home, 0, 3 * self.size * sizeof(long long))
        self.queue[0] = root
        self.distance[root] = 0
        while at < end:
            v = self.queue[at]
            at += 1
            if self.distance[v] == self.longest:
                break
            for k in range(self.back_first[v], self.back_first[v + 1]):
                u = self.back[k]
                if not self.gone[u] and self.distance[u] > self.longest:
                    self.distance[u] = self.distance[v] + 1
                    self.queue[end] = u
                    end += 1
        for k in range(self.back_first[root], self.back_first[root + 1]):
            u = self.back[k]
            for v in range(self.first[u], self.first[u + 1]):
                if self.to[v] == root:
                    memcpy(self.home + 3 * u, self.worth + 3 * v, 3 * sizeof(long long))

    cdef int _walk(self, int root) except -1 nogil:
        """Add up the loops through the root; those through variables that are gone are not."""
        cdef int depth = 0, v = root, w, k, left
        cdef long long* now = self.so_far
        cdef long long* worth
        cdef long long* home
        cdef long long* sums
        cdef unsigned int steps = 0
        now[0] = now[1] = now[2] = 1
        self.path[0] = root
        self.place[0] = self.first[root]
        self.gone[root] = 1
        self._close(root, 0, now)
        while depth >= 0:
            v = self.path[depth]
            now = self.so_far + 3 * depth
            left = self.longest - depth - 1     # links left after the next one
            if left == 1:                       # all that can follow is one link and home
                sums = self.sums + 3 * self.longest
                for k in range(self.first[v], self.first[v + 1]):
                    w = self.to[k]
                    if self.distance[w] == 1 and not self.gone[w]:
                        worth = self.worth + 3 * k
                        home = self.home + 3 * w
                        sums[0] += now[0] * worth[0] * home[0]
                        sums[1] += now[1] * worth[1] * home[1]
                        sums[2] += now[2] * worth[2] * home[2]
                steps += self.first[v + 1] - self.first[v]
                k = self.first[v + 1]
            else:
                k = self.place[depth]
                while k < self.first[v + 1] and (
                    self.distance[self.to[k]] > left or self.gone[self.to[k]]
                ):
                    k += 1
            if k == self.first[v + 1] or left < 1:
                self.gone[v] = 0
                depth -= 1
                continue
            w = self.to[k]
            self.place[depth] = k + 1
            depth += 1
            self.path[depth] = w
            self.place[depth] = self.first[w]
            self.gone[w] = 1
            worth = self.worth + 3 * k
            now[3] = now[0] * worth[0]
            now[4] = now[1] * worth[1]
            now[5] = now[2] * worth[2]
            self._close(w, depth, now + 3)
            steps += 1
            if steps > 2_000_000:
                steps = 0
                with gil:
                    self.check()
        return 0

    cdef inline void _close(self, int v, int depth, long long* now) noexcept nogil:
        cdef int i
        if self.distance[v] <= 1 and depth < self.longest:
            for i in range(3):
                self.sums[3 * (depth + 1) + i] += now[i] * self.home[3 * v + i]
