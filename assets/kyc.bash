# SPDX-License-Identifier: MIT
# Completion of kyc for bash: commands, options and files. Options are asked
# of the program itself, so what it takes is said in one place.

# Offer those of the words in $2 that begin as $1 does.
_kyc_offer()
{
	mapfile -t COMPREPLY < <(compgen -W "$2" -- "$1")
}

_kyc()
{
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
	local commands='demo create customers status upload info start link batch
		resume check receipt audit sandbox' command='' config='' i

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		--config) config=${COMP_WORDS[i + 1]} ;;
		esac
		# A word in the place of an option's value is no command.
		case ${COMP_WORDS[i - 1]} in
		-p | --profile | --config | --state | --endpoint | --theme)
			continue
			;;
		esac
		[[ -z $command && " ${commands//[[:space:]]/ } " == \
			*" ${COMP_WORDS[i]} "* ]] && command=${COMP_WORDS[i]}
	done

	case $before in
	-p | --profile)
		: "${config:=${KYC_CONFIG:-}}"
		: "${config:=${XDG_CONFIG_HOME:-$HOME/.config}/kyc/config}"
		_kyc_offer "$word" "$(sed -n \
			's/^[[:space:]]*\[profile \(.*\)\].*/\1/p' \
			"$config" 2>/dev/null)"
		return
		;;
	-s | --side)
		_kyc_offer "$word" 'front back'
		return
		;;
	--theme)
		_kyc_offer "$word" 'high-contrast colour-blind default'
		return
		;;
	-k | --kind)
		_kyc_offer "$word" 'individual business'
		return
		;;
	--state | --data)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -d -- "$word")
		return
		;;
	--config | --seed) ;;
	-c | --customer | -t | --type | -C | --country | -P | --party | -i | \
		--field | --search | --parallel | --port | --fault | \
		--review-seconds | --token-seconds | --rate-limit | \
		--submission | --head | --endpoint)
		return
		;;
	*)
		if [[ $word == -* ]]; then
			_kyc_offer "$word" "$("${COMP_WORDS[0]}" \
				${command:+"$command"} --help 2>/dev/null |
				sed -nE 's/^ +(-., )?(--[a-z-]+).*/\2/p')"
			return
		fi
		case $command in
		'')
			_kyc_offer "$word" "$commands"
			return
			;;
		demo)
			_kyc_offer "$word" 'lumx dinie dwolla zro'
			return
			;;
		sandbox)
			_kyc_offer "$word" 'all lumx dinie dwolla zro'
			return
			;;
		audit)
			_kyc_offer "$word" 'verify list head'
			return
			;;
		customers | status | start | link | resume | receipt) return ;;
		esac
		;;
	esac
	compopt -o filenames
	mapfile -t COMPREPLY < <(compgen -f -- "$word")
}

complete -F _kyc kyc
