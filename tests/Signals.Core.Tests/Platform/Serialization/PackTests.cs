using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Assessments;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.Folding;

namespace Signals.Core.Tests.Platform.Serialization;

public sealed class PackTests
{
    private static readonly AccountKey Key = AccountKey.Group("acme");

    [Fact]
    public void What_was_written_is_read_back()
    {
        var writer = new PackWriter();
        writer.Byte(7);
        writer.Bool(true);
        foreach (ulong value in new ulong[] { 0, 127, 128, ulong.MaxValue })
            writer.Unsigned(value);
        foreach (long value in new[] { 0L, -1, 1, long.MinValue, long.MaxValue })
            writer.Signed(value);
        writer.Fixed32(uint.MaxValue);
        writer.Fixed64(ulong.MaxValue);
        writer.Float(-1.5);
        writer.Time(default);
        writer.Time(FoldApp.Noon);
        writer.Text(null);
        writer.Text("");
        writer.Text(new string('é', 1000));

        var reader = new PackReader(writer.Written);
        Assert.Equal(7, reader.Byte());
        Assert.True(reader.Bool());
        foreach (ulong value in new ulong[] { 0, 127, 128, ulong.MaxValue })
            Assert.Equal(value, reader.Unsigned());
        foreach (long value in new[] { 0L, -1, 1, long.MinValue, long.MaxValue })
            Assert.Equal(value, reader.Signed());
        Assert.Equal(uint.MaxValue, reader.Fixed32());
        Assert.Equal(ulong.MaxValue, reader.Fixed64());
        Assert.Equal(-1.5, reader.Float());
        Assert.Equal(default, reader.Time());
        Assert.Equal(FoldApp.Noon, reader.Time());
        Assert.Null(reader.Text());
        Assert.Equal("", reader.Text());
        Assert.Equal(new string('é', 1000), reader.Text());
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void States_are_packed_as_they_were_read()
    {
        byte[] person = Person().Pack(),
            ids = Person().PackIds(),
            account = Account().Pack(),
            review = Account().PackReview();

        var personAgain = PersonState.Unpack(PersonKey.User("u"), person, ids, "v1");
        var accountAgain = AccountState.Unpack(Key, account, review, "v2");

        Assert.Equal(person, personAgain.Pack());
        Assert.Equal(ids, personAgain.PackIds());
        Assert.Equal(account, accountAgain.Pack());
        Assert.Equal(review, accountAgain.PackReview());
        Assert.Equal(FoldApp.Noon, accountAgain.ReviewedAt);
        Assert.Equal(FoldApp.Noon, accountAgain.Review!.ReviewedAt);
        Assert.Equal(("v1", "v2"), (personAgain.ETag, accountAgain.ETag));
        Assert.True(personAgain.HasMerged("elsewhere"));
        Assert.Equal((11u, (uint?)null), (personAgain.Ids.Find(1)!.Value, personAgain.Ids.Find(3)));
    }

    [Fact]
    public void A_review_that_is_damaged_hinders_nobody_who_does_not_ask_for_it_and_stays_as_it_is()
    {
        byte[] damaged = """{"basis":"f","reviewedAt":"2026-03-02T12:00:00+00:00","assessment":!}"""u8.ToArray();

        var account = AccountState.Unpack(Key, Account().Pack(), damaged, "v2");

        Assert.Equal(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), account.ReviewedAt);
        Assert.Equal(damaged, account.PackReview());
        var fault = Assert.Throws<UnreadableRowException>(() => account.Review);
        Assert.Equal((Key.Value, AccountRows.AccountRow), (fault.PartitionKey, fault.RowKey));
    }

    [Fact]
    public void Bytes_that_nobody_wrote_are_refused_and_ask_for_no_memory()
    {
        byte[] person = Person().Pack(),
            ids = Person().PackIds(),
            account = Account().Pack(),
            review = Account().PackReview();
        var random = new Random(11);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] brokenPerson = Broken(person, random),
                brokenAccount = Broken(account, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            TryRead(() => PersonState.Unpack(PersonKey.User("u"), brokenPerson, Broken(ids, random), ""));
            TryRead(() => AccountState.Unpack(Key, brokenAccount, [], ""));
            byte[] brokenReview = Broken(review, random);
            TryRead(() => (object?)AccountState.Unpack(Key, account, brokenReview, "").Review ?? "null");
            TryRead(() => (object?)AccountState.Unpack(Key, account, brokenReview, "").ReviewedAt ?? "null");

            // A few hundred bytes a byte at most: no broken count asks for more than its data could hold.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        }
    }

    [Fact]
    public void A_row_cut_anywhere_is_refused()
    {
        byte[] person = Person().Pack(),
            ids = Person().PackIds(),
            account = Account().Pack();
        for (int length = 0; length < person.Length; length++)
            Assert.Throws<InvalidDataException>(() => PersonState.Unpack(PersonKey.User("u"), person.AsSpan(0, length), ids, ""));
        for (int length = 0; length < account.Length; length++)
            Assert.Throws<InvalidDataException>(() => AccountState.Unpack(Key, account.AsSpan(0, length), [], ""));
        for (int length = 1; length < ids.Length; length++)
            Assert.Throws<InvalidDataException>(() => PersonState.Unpack(PersonKey.User("u"), person, ids.AsSpan(0, length), ""));
    }

    [Fact]
    public void A_dense_sketch_takes_a_byte_a_register()
    {
        var sketch = new DistinctSketch();
        for (int i = 0; i < 5000; i++)
            sketch.Add(MessageHash.Of($"{i}"));
        var writer = new PackWriter();
        sketch.Write(writer);

        var reader = new PackReader(writer.Written);
        var again = DistinctSketch.Read(ref reader);

        Assert.Equal(258, writer.Length);
        Assert.Equal(sketch.Estimate(), again.Estimate());
        Assert.InRange(again.Estimate(), 5000 * 0.8, 5000 * 1.2);
    }

    /// <summary>Reads bytes; a failure says that they are not ours.</summary>
    private static void TryRead(Func<object> read)
    {
        try
        {
            Assert.NotNull(read());
        }
        catch (Exception refused) when (refused is InvalidDataException or UnreadableRowException)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    private static byte[] Broken(byte[] bytes, Random random)
    {
        byte[] broken = bytes[..(random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length)];
        for (int i = random.Next(4); i > 0 && broken.Length > 0; i--)
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
        return broken;
    }

    private static PersonState Person()
    {
        var person = new PersonState(PersonKey.User("u")) { FirstLiveAt = FoldApp.Noon, DueDay = 739_000 };
        person.NoteIds("u", "device");
        person.Profile.Set(Traits.Email, "u@example.com", FoldApp.Noon, 5);
        person.Profile.Set(Traits.Plan, null, FoldApp.Noon, 6);
        person.Ids.Add(1, 739_000, 11);
        person.Ids.Add(2, 739_001, 12);
        person.NoteMerged("elsewhere");
        person.Finding = new PersonFinding(true, true, 12.5, [new PersonCause("value-not-found", null, 0.5)]);
        person.Remember(new OutreachMemory("usage-drop", "detail", FoldApp.Noon, "o1", "u_u"));
        Fill(person.History);
        return person;
    }

    private static AccountState Account()
    {
        var account = new AccountState(Key, "acme")
        {
            People = 3,
            FirstLiveAt = FoldApp.Noon,
            NextWake = FoldApp.Noon.AddDays(1),
            NamedAs = PersonKey.User("other"),
            Moved = true,
            Review = new AccountReview { Basis = "f", ReviewedAt = FoldApp.Noon },
        };
        account.Profile.Set(Traits.Name, "Acmé", FoldApp.Noon, 1);
        account.Tickets.Opened("t1", FoldApp.Noon, 4, "help", "u_u");
        account.Tickets.Answered("t1", FoldApp.Noon.AddHours(1));
        account.Tickets.Solved("t2", FoldApp.Noon);
        account.Feedback.Add(new FeedbackAnswer(FoldApp.Noon, 1, FeedbackKind.Ces, double.NaN, "mail", "words", "u_u"));
        account.Memberships.Add(Key, FoldApp.Noon, 3);
        account.AddGroup(Key);
        account.Outreach.Add(new OutreachMemory("usage-drop", null, FoldApp.Noon, "o2", ""));
        Fill(account.History);
        return account;
    }

    private static void Fill(History history)
    {
        foreach (int day in new[] { 0, -1, -30, -399 })
        {
            history.Record(
                "Watched",
                FoldApp.Noon.AddDays(day),
                true,
                [PropertySum.Of("Watched\u001fseconds", 1.5), PropertySum.Of("Watched\u001fbytes", -2)]
            );
            history.Record("Other", FoldApp.Noon.AddDays(day), false, []);
            history.RecordDistinct("Watched\u001frecipient", FoldApp.Noon.AddDays(day), MessageHash.Of($"{day}"));
            history.AddPeople(Days.Of(FoldApp.Noon.AddDays(day)), 2);
        }
    }
}
