using Auth.Domain.Revocations;
using Auth.Infrastructure.Security.Tokens;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace Auth.UnitTests.Security.Tokens;

public sealed class RevocationLogTests
{
    private readonly FakeTimeProvider _clock = new(TokenWorld.Now);

    /// <summary>
    /// Rows become visible in another order than they are numbered, and each instance sees them in its own order. A recipient
    /// that asks now one and now the other always has what the instance had when it answered.
    /// </summary>
    [Fact]
    public void A_cursor_never_skips_an_event_whichever_instance_answers() =>
        Prop.ForAll<NonEmptyArray<byte>>(choices => Follow(new Choices(choices.Get))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cursor_of_another_database_is_unknown()
    {
        var (one, other) = (NewLog(), NewLog());
        one.Add(NewRow(1));
        other.Add(NewRow(1));
        one.MarkStable(1);

        var cursor = one.Read().Cursor;

        cursor.ShouldNotBeEmpty();
        one.Read().Content.FindPosition(cursor).ShouldBe(1);
        other.Read().Content.FindPosition(cursor).ShouldBeNull();
    }

    [Fact]
    public void Before_anything_is_known_to_be_complete_the_cursor_is_that_of_the_start()
    {
        var (one, other) = (NewLog(), NewLog());
        var cursor = one.Read().Cursor;
        other.Add(NewRow(1));

        cursor.ShouldNotBeEmpty();
        other.Read().Cursor.ShouldBe(cursor);
        other.Read().Content.FindPosition(cursor).ShouldBe(0);
    }

    [Fact]
    public void Events_are_removed_when_no_token_can_be_valid_any_more()
    {
        var log = NewLog();
        log.Add(NewRow(1));
        log.MarkStable(1);
        var cursor = log.Read().Cursor;

        _clock.Advance(TimeSpan.FromMinutes(20));
        log.RemoveExpired();
        log.Read().Content.Events.Length.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(2));
        log.RemoveExpired();

        log.Read().Content.Events.Length.ShouldBe(0);
        log.Read().Content.FindPosition(cursor).ShouldBeNull();
        log.Add(NewRow(2));
        log.Read().Content.Start.ShouldBe(1);
    }

    private bool Follow(Choices choices)
    {
        var rows = Enumerable.Range(1, 60).Select(id => NewRow(id)).ToList();
        // No row is more than four places late: the time for which a transaction may last.
        var visible = rows.OrderBy(row => row.Id + choices.Below(5)).ToList();
        var instances = new[] { new Instance(visible, _clock), new Instance(visible, _clock) };
        var known = new HashSet<string>(StringComparer.Ordinal);
        var cursor = "";
        for (var round = 0; round < 400; round++)
        {
            var instance = instances[choices.Below(2)];
            instance.ReadRows(choices);
            var (content, next) = instance.Log.Read();
            var start = content.FindPosition(cursor) is { } position ? (int)(position - content.Start) : 0;
            foreach (var item in content.Events[start..])
            {
                known.Add(item.Subject);
            }

            cursor = next;
            foreach (var item in content.Events)
            {
                if (!known.Contains(item.Subject))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private RevocationLog NewLog() =>
        new(new() { Issuer = TokenWorld.Issuer, AccessTokenLifetime = TimeSpan.FromMinutes(15) }, _clock);

    private Revocation NewRow(long id)
    {
        var row = Revocation.OfSession(Guid.CreateVersion7(), RevocationReasons.Logout, _clock.GetUtcNow());
        typeof(Revocation).GetProperty(nameof(Revocation.Id))!.SetValue(row, id);
        return row;
    }

    private sealed class Instance(IReadOnlyList<Revocation> visible, FakeTimeProvider clock)
    {
        private int _read;

        public RevocationLog Log { get; } =
            new(new() { Issuer = TokenWorld.Issuer, AccessTokenLifetime = TimeSpan.FromMinutes(15) }, clock);

        /// <summary>Reads the rows that have become visible, in the order of their numbers, as a poll does.</summary>
        public void ReadRows(Choices choices)
        {
            var before = _read;
            _read = Math.Min(visible.Count, _read + choices.Below(4));
            foreach (var row in visible.Skip(before).Take(_read - before).OrderBy(row => row.Id))
            {
                Log.Add(row);
            }

            // All lower numbers have been read.
            Log.MarkStable(Enumerable.Range(0, visible.Count + 1).TakeWhile(id => id == 0 || Has(id)).Last());
        }

        private bool Has(int id) => visible.Take(_read).Any(row => row.Id == id);
    }

    /// <summary>Generated numbers, over and over.</summary>
    private sealed class Choices(byte[] numbers)
    {
        private int _next;

        public int Below(int bound) => (numbers[_next++ % numbers.Length] + (_next / numbers.Length)) % bound;
    }
}
