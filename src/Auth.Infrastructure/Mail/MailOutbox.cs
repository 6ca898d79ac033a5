using Auth.Application.Mail;
using Auth.Domain.Mail;
using Auth.Infrastructure.Persistence;

namespace Auth.Infrastructure.Mail;

internal sealed class MailOutbox(
    AppDbContext context,
    MailOptions options,
    IAddressSeal addresses,
    IMailFactsSeal facts,
    TimeProvider clock
) : IMailOutbox
{
    public bool IsEnabled => options.IsEnabled;

    public void Add(MailRequest request)
    {
        if (!IsEnabled)
        {
            throw new InvalidOperationException("Mail is switched off.");
        }

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var address = (addresses.Seal(id, request.Address), addresses.Hash(request.Address));
        context.Mails.Add(
            OutgoingMail
                .Create(id, request.Template, request.Culture ?? options.DefaultCulture, address, now)
                .About(
                    request.UserId,
                    request.FlowId,
                    request.Facts is { } known ? facts.Seal(id, known) : null,
                    request.IsLimited
                )
        );
    }
}
