using System.CommandLine;
using Signals.Core.Platform.Addresses;
using Signals.Core.State.Audit;
using Signals.Core.State.Team;
using Signals.Web.Dashboard.Access;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>signals users add ADDRESS</c>, <c>list</c>, <c>role ADDRESS ROLE</c> and <c>end ADDRESS</c>: who works in the dashboard, on a data
/// folder whose app is stopped. Nobody is mailed: who was added asks for a link on the sign-in page.
/// </summary>
public static class UsersCommand
{
    private const string Who = "command-line";

    public static Command Create(TimeProvider clock)
    {
        var data = new Option<string>("--data") { Description = "The data folder.", DefaultValueFactory = _ => ServeCommand.DefaultData };
        var address = new Argument<string>("address") { Description = "The mail address." };
        var role = new Option<string>("--role")
        {
            Description = "What they may do: " + DashboardRoles.Expected + ".",
            DefaultValueFactory = _ => DashboardRole.Manager.Word(),
        };
        var name = new Option<string?>("--name") { Description = "What colleagues read; the address, where it is not given." };
        var csm = new Option<string?>("--csm") { Description = "Whose accounts are theirs: the CS manager as accounts name one." };
        var add = new Command("add", "Lets somebody in.") { address, name, role, csm, data };
        add.SetAction(
            (parsed, cancellationToken) =>
                new Run(parsed, parsed.GetValue(data)!, clock, cancellationToken).AddAsync(
                    parsed.GetValue(address)!,
                    parsed.GetValue(name),
                    parsed.GetValue(role)!,
                    parsed.GetValue(csm)
                )
        );
        var granted = new Argument<string>("role") { Description = DashboardRoles.Expected + "." };
        var change = new Command("role", "Gives somebody another role.") { address, granted, data };
        change.SetAction(
            (parsed, cancellationToken) =>
                new Run(parsed, parsed.GetValue(data)!, clock, cancellationToken).ChangeRoleAsync(
                    parsed.GetValue(address)!,
                    parsed.GetValue(granted)!
                )
        );
        var end = new Command("end", "Ends somebody's access, and every session of theirs.") { address, data };
        end.SetAction(
            (parsed, cancellationToken) =>
                new Run(parsed, parsed.GetValue(data)!, clock, cancellationToken).EndAsync(parsed.GetValue(address)!)
        );
        var list = new Command("list", "Lists them: address, name, role, last day seen, state.") { data };
        list.SetAction((parsed, cancellationToken) => new Run(parsed, parsed.GetValue(data)!, clock, cancellationToken).ListAsync());
        return new Command("users", "Says who may work in the dashboard: adds, lists, changes and ends people of the team.")
        {
            add,
            list,
            change,
            end,
        };
    }

    /// <summary>One run of one of the commands.</summary>
    private sealed class Run(ParseResult parsed, string folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        private TextWriter Output => parsed.InvocationConfiguration.Output;

        private TextWriter Error => parsed.InvocationConfiguration.Error;

        public async Task<int> AddAsync(string address, string? name, string role, string? csm)
        {
            var granted = RoleOf("--role", role);
            string mailbox = AddressOf(address),
                shown = string.IsNullOrWhiteSpace(name) ? mailbox : name.Trim();
            if (shown.Length > TeamUser.MaxNameChars || shown.Any(char.IsControl))
                throw new UsageException($"--name: found '{shown}', expected 1 to {TeamUser.MaxNameChars} characters on one line");
            if (csm?.Length > TeamUser.MaxCsmChars)
                throw new UsageException($"--csm: found {csm.Length} characters, expected at most {TeamUser.MaxCsmChars}");
            using var opened = await StoppedFolder.OpenAsync(folder, clock, cancellationToken);
            var user = new TeamUser
            {
                Id = TeamUsers.IdOf(mailbox),
                Address = mailbox,
                Name = shown,
                Role = granted.Word(),
                Csm = string.IsNullOrWhiteSpace(csm) ? null : csm.Trim(),
                CreatedAt = clock.GetUtcNow(),
                CreatedBy = Who,
            };
            var addition = await new TeamUsers(opened.Store, clock).AddAsync(user, cancellationToken);
            if (addition == TeamAddition.Known)
                throw new UsageException($"'{mailbox}' is in already; signals users role gives another role");
            if (addition == TeamAddition.Full)
                throw new UsageException($"found {TeamUsers.MaxUsers} people, expected fewer: end somebody who left");
            await NoteAsync(opened, "user.invited", user);
            await Error.WriteLineAsync($"{mailbox} ({granted.Word()}) may come in: the sign-in page mails them a link.");
            return ExitCodes.Ok;
        }

        public async Task<int> ChangeRoleAsync(string address, string role)
        {
            var granted = RoleOf("role", role);
            using var opened = await StoppedFolder.OpenAsync(folder, clock, cancellationToken);
            var user = await ChangeAsync(opened, address, known => known with { Role = granted.Word() });
            await NoteAsync(opened, "user.changed", user);
            await Error.WriteLineAsync($"{user.Address} is {granted.Word()}.");
            return ExitCodes.Ok;
        }

        public async Task<int> EndAsync(string address)
        {
            using var opened = await StoppedFolder.OpenAsync(folder, clock, cancellationToken);
            var user = await ChangeAsync(opened, address, known => known with { EndedAt = known.EndedAt ?? clock.GetUtcNow() });
            await new TeamUsers(opened.Store, clock).ForgetWaysInAsync(user.Id, cancellationToken);
            await NoteAsync(opened, "user.ended", user);
            await Error.WriteLineAsync($"{user.Address} can no longer come in.");
            return ExitCodes.Ok;
        }

        public async Task<int> ListAsync()
        {
            using var opened = await StoppedFolder.OpenAsync(folder, clock, cancellationToken);
            foreach (var user in await new TeamUsers(opened.Store, clock).ListAsync(cancellationToken))
            {
                string[] columns =
                [
                    user.Address,
                    user.Name,
                    user.Role,
                    user.SeenOn is { } day ? $"seen {day:yyyy-MM-dd}" : "never seen",
                    user.EndedAt is { } ended ? $"ended {ended.UtcDateTime:yyyy-MM-dd}" : "active",
                ];
                await Output.WriteLineAsync(string.Join('\t', columns));
            }
            return ExitCodes.Ok;
        }

        private async Task<TeamUser> ChangeAsync(StoppedFolder opened, string address, Func<TeamUser, TeamUser> change) =>
            await new TeamUsers(opened.Store, clock).ChangeAsync(TeamUsers.IdOf(AddressOf(address)), change, cancellationToken)
            ?? throw new UsageException($"found nobody with the address '{address}'; signals users list names those there are");

        private Task NoteAsync(StoppedFolder opened, string action, TeamUser user) =>
            new AuditLog(opened.Store).WriteAsync(
                new AuditEntry(clock.GetUtcNow(), Who, action, user.Address, $"{user.Name}; {user.Role}"),
                cancellationToken
            );

        private static DashboardRole RoleOf(string where, string role) =>
            DashboardRoles.Of(role) ?? throw new UsageException($"{where}: found '{role}', expected {DashboardRoles.Expected}");

        private static string AddressOf(string text) =>
            Mailbox.Parse(text) is { IsPlain: true } mailbox
                ? mailbox.Address.ToLowerInvariant()
                : throw new UsageException($"address: found '{text}', expected a mail address such as amelie@company.example");
    }
}
