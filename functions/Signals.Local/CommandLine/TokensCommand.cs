using System.CommandLine;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Access;
using Signals.Web.Security;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>signals tokens create NAME</c>, <c>list</c>, <c>rotate NAME</c> and <c>end NAME</c>: named API tokens, on a data folder whose app is
/// stopped. A new token is all that standard output gets, this once.
/// </summary>
public static class TokensCommand
{
    private const string Who = "command-line";
    private const int DefaultDays = 90;
    private const int DefaultHours = 24;

    public static Command Create(TimeProvider clock)
    {
        var data = new Option<string>("--data") { Description = "The data folder.", DefaultValueFactory = _ => ServeCommand.DefaultData };
        var name = new Argument<string>("name") { Description = "What the program that calls with it is called, such as ci-export." };
        var role = new Option<string>("--role")
        {
            Description = "What it may do: " + DashboardRoles.Expected + ".",
            DefaultValueFactory = _ => DashboardRole.Reader.Word(),
        };
        var days = new Option<int>("--days")
        {
            Description = $"For how many days it is valid, 1 to {NamedTokens.MaxDays}.",
            DefaultValueFactory = _ => DefaultDays,
        };
        var create = new Command("create", "Makes a token and prints it, this once.") { name, role, days, data };
        create.SetAction(
            (parsed, cancellationToken) =>
                new Run(parsed, parsed.GetValue(data)!, clock, cancellationToken).CreateAsync(
                    parsed.GetValue(name)!,
                    parsed.GetValue(role)!,
                    parsed.GetValue(days)
                )
        );
        var hours = new Option<int>("--keep-hours")
        {
            Description = $"For how many hours the old token stays valid, 0 to {NamedTokens.LongestRotation.TotalHours:0}.",
            DefaultValueFactory = _ => DefaultHours,
        };
        var rotate = new Command("rotate", "Makes a token in the place of the one of that name, and prints it, this once.")
        {
            name,
            hours,
            data,
        };
        rotate.SetAction(
            (parsed, cancellationToken) =>
                new Run(parsed, parsed.GetValue(data)!, clock, cancellationToken).RotateAsync(
                    parsed.GetValue(name)!,
                    parsed.GetValue(hours)
                )
        );
        var end = new Command("end", "Ends every token of that name now.") { name, data };
        end.SetAction(
            (parsed, cancellationToken) =>
                new Run(parsed, parsed.GetValue(data)!, clock, cancellationToken).EndAsync(parsed.GetValue(name)!)
        );
        var list = new Command("list", "Lists the tokens: name, role, last characters, day made, last day used, end.") { data };
        list.SetAction((parsed, cancellationToken) => new Run(parsed, parsed.GetValue(data)!, clock, cancellationToken).ListAsync());
        return new Command("tokens", "Makes, lists, rotates and ends named API tokens.") { create, list, rotate, end };
    }

    /// <summary>One run of one of the commands.</summary>
    private sealed class Run(ParseResult parsed, string folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        private TextWriter Output => parsed.InvocationConfiguration.Output;

        private TextWriter Error => parsed.InvocationConfiguration.Error;

        public async Task<int> CreateAsync(string name, string role, int days)
        {
            var granted =
                DashboardRoles.Of(role) ?? throw new UsageException($"--role: found '{role}', expected {DashboardRoles.Expected}");
            using var opened = await StoppedFolder.OpenAsync(folder, clock, cancellationToken);
            try
            {
                var made = await new NamedTokens(opened.Store, clock).CreateAsync(name, granted, days, cancellationToken);
                await NoteAsync(opened, TokenAudit.Created(clock.GetUtcNow(), Who, made.Token));
                return await TellAsync(made);
            }
            catch (NamedTokenException refusal)
            {
                throw new UsageException(refusal.Message);
            }
        }

        public async Task<int> RotateAsync(string name, int hours)
        {
            using var opened = await StoppedFolder.OpenAsync(folder, clock, cancellationToken);
            var tokens = new NamedTokens(opened.Store, clock);
            var known = (await ValidAsync(tokens, name))[0];
            try
            {
                var made =
                    await tokens.RotateAsync(known.Id, TimeSpan.FromHours(hours), cancellationToken)
                    ?? throw new UsageException($"the token '{name}' ended meanwhile");
                await NoteAsync(opened, TokenAudit.Rotated(clock.GetUtcNow(), Who, made.Token, hours));
                return await TellAsync(made);
            }
            catch (NamedTokenException refusal)
            {
                throw new UsageException(refusal.Message);
            }
        }

        public async Task<int> EndAsync(string name)
        {
            using var opened = await StoppedFolder.OpenAsync(folder, clock, cancellationToken);
            var tokens = new NamedTokens(opened.Store, clock);
            foreach (var token in await ValidAsync(tokens, name))
            {
                if (await tokens.EndAsync(token.Id, cancellationToken) is not { } ended)
                    continue;
                await NoteAsync(opened, TokenAudit.Ended(clock.GetUtcNow(), Who, ended));
                await Error.WriteLineAsync($"The token '{ended.Name}' (…{ended.End}) is ended.");
            }
            return ExitCodes.Ok;
        }

        public async Task<int> ListAsync()
        {
            using var opened = await StoppedFolder.OpenAsync(folder, clock, cancellationToken);
            var now = clock.GetUtcNow();
            foreach (var token in await new NamedTokens(opened.Store, clock).ListAsync(cancellationToken))
            {
                string[] columns =
                [
                    token.Name,
                    token.Role.Word(),
                    "…" + token.End,
                    "made " + Day(token.CreatedAt),
                    token.UsedOn is { } day ? $"used {day:yyyy-MM-dd}" : "never used",
                    (token.IsValid(now) ? "ends " : "ended ") + Day(token.EndsAt),
                ];
                await Output.WriteLineAsync(string.Join('\t', columns));
            }
            return ExitCodes.Ok;
        }

        /// <summary>The tokens of a name that are in force; there is one at least.</summary>
        private async Task<IReadOnlyList<NamedToken>> ValidAsync(NamedTokens tokens, string name)
        {
            var known = await tokens.ListAsync(cancellationToken);
            IReadOnlyList<NamedToken> valid = [.. NamedTokens.ValidOf(known, name, clock.GetUtcNow())];
            return valid.Count > 0
                ? valid
                : throw new UsageException($"found no valid token '{name}'; signals tokens list names those there are");
        }

        private Task NoteAsync(StoppedFolder opened, AuditEntry entry) => new AuditLog(opened.Store).WriteAsync(entry, cancellationToken);

        private async Task<int> TellAsync(NewNamedToken made)
        {
            await Error.WriteLineAsync(
                $"The token '{made.Token.Name}' ({made.Token.Role.Word()}) is valid until {Day(made.Token.EndsAt)}. It is shown this once:"
            );
            await Output.WriteLineAsync(made.Secret);
            return ExitCodes.Ok;
        }

        private static string Day(DateTimeOffset moment) => $"{moment.UtcDateTime:yyyy-MM-dd}";
    }
}
