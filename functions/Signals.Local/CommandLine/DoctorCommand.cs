using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Platform.Addresses;
using Signals.Core.Response.Mail;
using Signals.Local.Hosting;
using Signals.Local.Storage;
using Signals.Messages.Sources;
using Signals.Web.Alerts;
using Signals.Web.Doctor;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>signals doctor</c>: looks at everything around the app and says what to do about each thing that is wrong. Ends with 1 where
/// something is.
/// </summary>
public static class DoctorCommand
{
    public static Command Create(TimeProvider clock)
    {
        var data = new Option<string>("--data") { Description = "The data folder.", DefaultValueFactory = _ => ServeCommand.DefaultData };
        var model = new Option<string?>("--model")
        {
            Description = "The value model; model.json in the data folder where it is not given.",
        };
        var mail = new Option<string?>("--mail-to") { HelpName = "ADDRESS", Description = "Sends a test mail there, also in dry-run." };
        var chat = new Option<bool>("--chat") { Description = "Sends a test message to each chat webhook of the model." };
        var offline = new Option<bool>("--offline") { Description = "Asks no other machine: no time, no names, no public address." };
        var command = new Command("doctor", "Looks whether everything around the app works: model, names, disk, clock, mail, address.")
        {
            data,
            model,
            mail,
            chat,
            offline,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                new Run(
                    parsed.GetValue(data)!,
                    parsed.GetValue(model),
                    parsed.GetValue(mail),
                    parsed.GetValue(chat),
                    parsed.GetValue(offline),
                    parsed.InvocationConfiguration.Output,
                    clock
                ).VisitAsync(cancellationToken)
        );
        return command;
    }

    private sealed record Run(
        string Data,
        string? ModelPath,
        string? MailTo,
        bool Chat,
        bool IsOffline,
        TextWriter Output,
        TimeProvider Clock
    )
    {
        private const string Language = "en";

        private bool _isWrong;

        public async Task<int> VisitAsync(CancellationToken cancellationToken)
        {
            if (MailTo is not null && Mailbox.Parse(MailTo) is not { IsPlain: true })
                throw new UsageException($"--mail-to: found \"{MailTo}\", expected an e-mail address");
            string path = ModelPath ?? Path.Combine(Data, ServeCommand.ModelFileName);
            if (!File.Exists(path))
                throw new UsageException($"no value model at {path}; name one with --model FILE, or the app's folder with --data DIR");
            var options = new LocalOptions(
                Data,
                ModelFile.Read(path),
                ModelFile.Templates(path),
                LocalSettings.FromEnvironment(Environment.GetEnvironmentVariable)
            );
            foreach (string warning in ModelWarnings.Of(options.Model))
                Tell("hint", "Value model", warning);
            await using var services = await OpenAsync(options, cancellationToken);
            await foreach (var finding in services.Get<DoctorVisit>().LookAsync(!IsOffline, cancellationToken))
                Tell(finding);
            Tell(
                "",
                "Mail",
                options.Settings.Smtp is { } smtp
                    ? $"goes by {smtp}" + (MailTo is null ? "; --mail-to ADDRESS sends a test mail" : "")
                    : $"is written to {Path.GetFullPath(options.OutboxFolder)}: set SIGNALS_SMTP_HOST to send it"
            );
            if (MailTo is not null)
                Tell(await services.Get<DoctorMessages>().MailAsync(Mailbox.Parse(MailTo)!.Address, Language, cancellationToken));
            if (Chat)
            {
                foreach (var finding in await services.Get<DoctorMessages>().ChatAsync(Language, cancellationToken))
                    Tell(finding);
            }
            return _isWrong ? ExitCodes.Failed : ExitCodes.Ok;
        }

        /// <summary>The app's services over its folder; without the folder, or while the app runs on it, what needs no data.</summary>
        private async Task<StoppedApp> OpenAsync(LocalOptions options, CancellationToken cancellationToken)
        {
            if (!Directory.Exists(Data) || !File.Exists(Path.Combine(Data, SqliteDatabase.FileName)))
                return Around(options);
            try
            {
                return await StoppedApp.OpenAsync(
                    Data,
                    ModelPath,
                    Clock,
                    cancellationToken,
                    services => Add(services, options).AddDoctor()
                );
            }
            catch (DataFileException fault) when (fault.File.EndsWith(SqliteDatabase.LockName, StringComparison.Ordinal))
            {
                Tell(
                    "hint",
                    "Store and queues",
                    "the app runs on this folder: its page Pipeline, Doctor looks at its store, queues and names"
                );
                return Around(options);
            }
        }

        private StoppedApp Around(LocalOptions options)
        {
            var services = new ServiceCollection();
            services.AddSingleton(Clock).AddSingleton(options.Model);
            services.AddSingleton(new PublicAddress(options.Model.Outreach.PublicUrl ?? "http://localhost"));
            services.AddLogging().AddSender(options);
            return StoppedApp.Of(Add(services, options).AddDoctorAround());
        }

        private static IServiceCollection Add(IServiceCollection services, LocalOptions options)
        {
            services.AddSingleton(new WebhookOptions { PrivateNetworks = options.Settings.PrivateWebhooks });
            return services.AddSingleton<IDoctorCheck>(new DiskCheck(options.DataFolder));
        }

        private void Tell(DoctorFinding finding)
        {
            _isWrong |= finding.Verdict == DoctorVerdict.Wrong;
            string mark = finding.Verdict switch
            {
                DoctorVerdict.Good => "ok",
                DoctorVerdict.Hint => "hint",
                DoctorVerdict.Wrong => "WRONG",
                _ => "?",
            };
            Tell(mark, finding.Subject.In(Language), finding.Text.In(Language));
        }

        private void Tell(string mark, string subject, string text) => Output.WriteLine($"{mark, -5}  {subject, -16}  {text}");
    }
}
