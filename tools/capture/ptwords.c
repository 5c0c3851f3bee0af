// SPDX-License-Identifier: GPL-2.0-only
/*
 * ptwords: the page table of a process, word for word, as text (docs/capture-format.md).
 *
 * /sys/kernel/debug/ptwords, for root: write "PID" or "PID START END" (hexadecimal addresses), then read from the same
 * open file. The words are those in memory; nothing is changed.
 *
 * x86-64, four levels. Each last-level table is copied under its lock, so a table is one moment; the whole is not.
 */
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <asm/pgtable.h>
#ifdef CONFIG_XEN_PV
#include <xen/xen.h>
#endif

#define ENTRIES 512
/* Empty entries are written for mappings of at most so many pages. */
#define SMALL_MAPPING 64
#define MOST_TEXT (512UL << 20)
#define HEAD "one-bit-two-names capture 2\n"

/* A text that grows. Once it could not, it stays as it is and `error` says why. */
struct text {
	char *buf;
	size_t used, room;
	int error;
};

/* One walk: what is asked for, and what has been written of it. */
struct walk {
	struct mm_struct *mm;
	unsigned long start, end;
	unsigned long entries;
	u64 *table;	/* copy of the last-level table that is being read */
	struct text text;
};

static void grow(struct text *t)
{
	size_t room = t->room ? 2 * t->room : 1UL << 20;
	char *larger = room > MOST_TEXT ? NULL : vmalloc(room);

	if (!larger) {
		t->error = -EFBIG;
		return;
	}
	if (t->used)
		memcpy(larger, t->buf, t->used);
	vfree(t->buf);
	t->buf = larger;
	t->room = room;
}

static __printf(2, 3) void say(struct text *t, const char *format, ...)
{
	va_list args;
	int length;

	while (!t->error) {
		va_start(args, format);
		length = vsnprintf(t->buf ? t->buf + t->used : NULL, t->room - t->used, format, args);
		va_end(args);
		if (t->used + length < t->room) {
			t->used += length;
			return;
		}
		grow(t);
	}
}

static bool is_xen_pv(void)
{
#ifdef CONFIG_XEN_PV
	return xen_pv_domain();
#else
	return false;
#endif
}

/* A name is the rest of its line. */
static const char *on_one_line(char *name)
{
	strreplace(name, '\n', '?');
	return name;
}

static void say_mapping(struct walk *w, struct vm_area_struct *vma)
{
	char buf[128], *path;
	const char *name = "[anon]";

	if (vma->vm_file) {
		path = file_path(vma->vm_file, buf, sizeof(buf));
		name = IS_ERR(path) ? "/?" : on_one_line(path);
	} else if (vma->vm_ops && vma->vm_ops->name && vma->vm_ops->name(vma)) {
		name = vma->vm_ops->name(vma);
	} else if (vma->vm_start <= w->mm->brk && vma->vm_end >= w->mm->start_brk) {
		name = "[heap]";
	} else if (vma->vm_start <= w->mm->start_stack && vma->vm_end >= w->mm->start_stack) {
		name = "[stack]";
	}
	say(&w->text, "map %lx %lx %lx %lx %s\n", vma->vm_start, vma->vm_end, (unsigned long)vma->vm_flags,
	    (unsigned long)pgprot_val(vma->vm_page_prot), name);
}

static void say_mappings(struct walk *w)
{
	struct vm_area_struct *vma;

	for (vma = find_vma(w->mm, w->start); vma && vma->vm_start < w->end; vma = find_vma(w->mm, vma->vm_end))
		say_mapping(w, vma);
}

/* An entry whose word names no frame, or whose frame is all that is known of it. `frame` below 0: none. */
static void say_entry(struct walk *w, const char *level, unsigned long va, u64 word, long frame)
{
	w->entries++;
	say(&w->text, "%s %lx %llx", level, va, word);
	if (frame >= 0)
		say(&w->text, " %lx", frame);
	say(&w->text, "\n");
}

/* An entry that maps a page, with what struct page says of that. */
static void say_page(struct walk *w, const char *level, unsigned long va, u64 word, unsigned long frame, bool special)
{
	struct page *page = pfn_valid(frame) && !special ? pfn_to_page(frame) : NULL;

	w->entries++;
	say(&w->text, "%s %lx %llx %lx", level, va, word, frame);
	if (page)
		say(&w->text, " %d %d %d", PageCompound(page) || PageSlab(page) ? -1 : page_mapcount(page),
		    page_count(page), page_to_nid(page));
	say(&w->text, "\n");
}

/* Linux's frame of a table entry: under Xen the guest's, where the word holds the machine's. */
static long table_frame(u64 val)
{
	return val & _PAGE_PRESENT ? (long)((val & PTE_PFN_MASK) >> PAGE_SHIFT) : -1;
}

static void walk_ptes(struct walk *w, pmd_t *pmd, unsigned long va)
{
	pte_t *first = pte_offset_kernel(pmd, va);
	spinlock_t *lock = pte_lockptr(w->mm, pmd);
	struct vm_area_struct *vma = NULL;
	int i;

	spin_lock(lock);
	memcpy(w->table, first, PAGE_SIZE);
	spin_unlock(lock);
	for (i = 0; i < ENTRIES; i++, va += PAGE_SIZE) {
		pte_t pte = native_make_pte(w->table[i]);

		if (va < w->start || va >= w->end)
			continue;
		if (!vma || va >= vma->vm_end)
			vma = find_vma(w->mm, va);
		if (w->table[i] && pte_present(pte))
			say_page(w, "PTE", va, w->table[i], pte_pfn(pte), pte_special(pte));
		else if (w->table[i])
			say_entry(w, "PTE", va, w->table[i], -1);
		else if (vma && va >= vma->vm_start && vma->vm_end - vma->vm_start <= SMALL_MAPPING * PAGE_SIZE)
			say_entry(w, "PTE", va, 0, -1);
	}
}

static void walk_pmds(struct walk *w, pud_t *pud, unsigned long va)
{
	pmd_t *pmd = pmd_offset(pud, va);
	int i;

	for (i = 0; i < ENTRIES && va < w->end && !w->text.error; i++, pmd++, va += PMD_SIZE) {
		u64 word = READ_ONCE(*(u64 *)pmd);
		pmd_t val = *pmd;

		if (!word || va + PMD_SIZE <= w->start)
			continue;
		if (!(word & _PAGE_PRESENT) || (word & _PAGE_PSE)) {
			if (pmd_present(val))
				say_page(w, "PMD", va, word, pmd_pfn(val), false);
			else
				say_entry(w, "PMD", va, word, -1);
			continue;
		}
		say_entry(w, "PMD", va, word, table_frame(pmd_val(val)));
		walk_ptes(w, pmd, va);
		cond_resched();
	}
}

static void walk_puds(struct walk *w, pgd_t *pgd, unsigned long va)
{
	pud_t *pud = pud_offset(p4d_offset(pgd, va), va);
	int i;

	for (i = 0; i < ENTRIES && va < w->end && !w->text.error; i++, pud++, va += PUD_SIZE) {
		u64 word = READ_ONCE(*(u64 *)pud);

		if (!word || va + PUD_SIZE <= w->start)
			continue;
		say_entry(w, "PUD", va, word, table_frame(pud_val(*pud)));
		if ((word & _PAGE_PRESENT) && !(word & _PAGE_PSE))
			walk_pmds(w, pud, va);
	}
}

static void walk_pgds(struct walk *w)
{
	unsigned long va = w->start & PGDIR_MASK;

	for (; va < w->end && !w->text.error; va += PGDIR_SIZE) {
		pgd_t *pgd = pgd_offset(w->mm, va);
		u64 word = READ_ONCE(*(u64 *)pgd);

		if (!word)
			continue;
		say_entry(w, "PGD", va, word, table_frame(pgd_val(*pgd)));
		if (word & _PAGE_PRESENT)
			walk_puds(w, pgd, va);
	}
}

/* The root that is in use while the program runs: Xen PV has one of its own, and so has a kernel with PTI. */
static pgd_t *second_root(struct mm_struct *mm)
{
#ifdef CONFIG_XEN_PV
	if (is_xen_pv())
		return (pgd_t *)virt_to_page(mm->pgd)->private;
#endif
#ifdef CONFIG_PAGE_TABLE_ISOLATION
	if (boot_cpu_has(X86_FEATURE_PTI))
		return kernel_to_user_pgdp(mm->pgd);
#endif
	return NULL;
}

static void walk_second_root(struct walk *w)
{
	pgd_t *root = second_root(w->mm);
	int i;

	for (i = 0; root && i < ENTRIES; i++) {
		u64 word = READ_ONCE(*(u64 *)&root[i]);
		unsigned long va = (unsigned long)i << PGDIR_SHIFT;

		if (word)
			say_entry(w, "UPGD", i < ENTRIES / 2 ? va : va | 0xffff000000000000UL, word,
				  table_frame(pgd_val(root[i])));
	}
}

static struct mm_struct *mm_of(pid_t nr)
{
	struct pid *pid = find_get_pid(nr);
	struct task_struct *task = pid ? get_pid_task(pid, PIDTYPE_PID) : NULL;
	struct mm_struct *mm = task ? get_task_mm(task) : NULL;

	if (task)
		put_task_struct(task);
	put_pid(pid);
	return mm;
}

static int take(struct walk *w, pid_t nr)
{
	w->table = kmalloc(PAGE_SIZE, GFP_KERNEL);
	w->mm = w->table ? mm_of(nr) : NULL;
	if (!w->mm) {
		kfree(w->table);
		return w->table ? -ESRCH : -ENOMEM;
	}
	say(&w->text, HEAD "arch x86-64\nplatform %s\nsoft-dirty %s\n", is_xen_pv() ? "xen" : "bare",
	    IS_ENABLED(CONFIG_MEM_SOFT_DIRTY) ? "yes" : "no");
	mmap_read_lock(w->mm);
	say_mappings(w);
	walk_pgds(w);
	walk_second_root(w);
	mmap_read_unlock(w->mm);
	say(&w->text, "end %lu\n", w->entries);
	mmput(w->mm);
	kfree(w->table);
	return w->text.error;
}

static ssize_t ask(struct file *file, const char __user *from, size_t n, loff_t *pos)
{
	struct text *held = file->private_data;
	struct walk w = { .start = 0, .end = TASK_SIZE_MAX };
	char line[80];
	int nr, error;

	if (n >= sizeof(line))
		return -EINVAL;
	if (copy_from_user(line, from, n))
		return -EFAULT;
	line[n] = 0;
	if (sscanf(line, "%d %lx %lx", &nr, &w.start, &w.end) < 1 || w.start >= w.end)
		return -EINVAL;
	w.start &= PAGE_MASK;
	w.end = min(w.end, TASK_SIZE_MAX);
	error = take(&w, nr);
	vfree(held->buf);
	*held = w.text;
	/* The position stays at 0, so that what is read next begins at the beginning. */
	return error ? error : n;
}

static ssize_t tell(struct file *file, char __user *to, size_t n, loff_t *pos)
{
	struct text *held = file->private_data;

	return held->error ? held->error : simple_read_from_buffer(to, n, pos, held->buf, held->used);
}

static int begin(struct inode *inode, struct file *file)
{
	file->private_data = kzalloc(sizeof(struct text), GFP_KERNEL);
	return file->private_data ? 0 : -ENOMEM;
}

static int done(struct inode *inode, struct file *file)
{
	struct text *held = file->private_data;

	vfree(held->buf);
	kfree(held);
	return 0;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.open = begin,
	.read = tell,
	.write = ask,
	.release = done,
	.llseek = no_llseek,
};

static struct dentry *entry;

static int __init load(void)
{
	if (pgtable_l5_enabled()) {
		pr_err("ptwords: five levels are in use; boot with no5lvl\n");
		return -EOPNOTSUPP;
	}
	entry = debugfs_create_file("ptwords", 0600, NULL, NULL, &operations);
	return PTR_ERR_OR_ZERO(entry);
}

static void __exit unload(void)
{
	debugfs_remove(entry);
}

module_init(load);
module_exit(unload);
MODULE_LICENSE("GPL v2");
MODULE_DESCRIPTION("The page table of a process, word for word, as text");
